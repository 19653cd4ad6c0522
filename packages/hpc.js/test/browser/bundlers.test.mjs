// A program as bundlers make it for browsers: it runs, finds its WebAssembly and its workers, and holds nothing of Node.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build as vite } from 'vite';
import webpack from 'webpack';
import { launch, openPage } from './browser.mjs';

// In the package's folder, so that `hpc.js` is found.
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
mkdirSync(join(PACKAGE, 'target'), { recursive: true });
const folder = mkdtempSync(join(PACKAGE, 'target', 'browser-'));
after(() => rmSync(folder, { recursive: true }));

const PROGRAM = `
  import GPUInterface from 'hpc.js';
  globalThis.result = (async () => {
    const gpu = await new GPUInterface({
      buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }],
      options: { backend: new URLSearchParams(location.search).get('backend') },
    }).initialize();
    const double = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] *= 2; });
    double.run(4);
    return [...(await gpu.readBuffer('a'))];
  })();`;
writeFileSync(join(folder, 'program.js'), PROGRAM);
writeFileSync(join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:," /><script type="module" src="./program.js"></script>');

const browser = await launch();

async function works(output) {
  const files = readdirSync(output, { recursive: true }).map(String);
  assert.ok(files.some((name) => name.endsWith('.wasm')), files.join());
  const scripts = files.filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(output, name), 'utf8'));
  assert.ok(scripts.every((text) => !/node:|\.node\b|worker_threads/.test(text)), 'nothing of Node is in it');
  const path = join('/packages/hpc.js', relative(PACKAGE, output), 'index.html');
  for (const backend of ['gpu', 'cpu', 'debug']) {
    const page = await openPage(browser, { path: `${path}?backend=${backend}` });
    await page.waitForFunction(() => 'result' in globalThis);
    assert.deepEqual(await page.evaluate(() => result), [2, 4, 6, 8]);
    assert.deepEqual(page.faults, []);
  }
}

test('Vite', async () => {
  const outDir = join(folder, 'vite');
  await vite({ root: folder, base: './', logLevel: 'error', configFile: false, build: { outDir, emptyOutDir: true } });
  await works(outDir);
});

test('webpack', async () => {
  const path = join(folder, 'webpack');
  const options = { mode: 'production', entry: join(folder, 'program.js'), output: { path, filename: 'main.js' }, performance: { hints: false } };
  await new Promise((resolve, reject) => {
    webpack(options, (error, stats) => {
      const failure = error ?? (stats.hasErrors() || stats.hasWarnings() ? new Error(stats.toString()) : undefined);
      return failure ? reject(failure) : resolve();
    });
  });
  writeFileSync(join(path, 'index.html'), '<!doctype html><link rel="icon" href="data:," /><script src="./main.js"></script>');
  await works(path);
});
