// A program as bundlers make it for browsers: it runs, finds its WebAssembly and its workers, and holds nothing of Node.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build as vite, createServer } from 'vite';
import webpack from 'webpack';
import hpc from 'hpc.js/plugin';
import { launch, openPage } from './browser.mjs';

// In the package's folder, so that `hpc.js` is found.
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
mkdirSync(join(PACKAGE, 'target'), { recursive: true });
const folder = mkdtempSync(join(PACKAGE, 'target', 'browser-'));
after(() => rmSync(folder, { recursive: true }));

const PROGRAM = `
  import GPUInterface, { vec2 } from 'hpc.js';
  globalThis.result = (async () => {
    const gpu = await new GPUInterface({
      buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }],
      options: { backend: new URLSearchParams(location.search).get('backend') },
    }).initialize();
    const double = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] *= vec2(1, 2).y; });
    double.run(4);
    return [...(await gpu.readBuffer('a'))];
  })();`;
writeFileSync(join(folder, 'program.js'), PROGRAM);
writeFileSync(join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:," /><script type="module" src="./program.js"></script>');

const browser = await launch();

const pathOf = (output) => join('/packages/hpc.js', relative(PACKAGE, output), 'index.html');

async function works(output, backends = ['gpu', 'cpu', 'debug']) {
  const files = readdirSync(output, { recursive: true }).map(String);
  assert.ok(files.some((name) => name.endsWith('.wasm')), files.join());
  const scripts = files.filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(output, name), 'utf8'));
  assert.ok(scripts.every((text) => !/['"](node:|worker_threads)|\.node['"]/.test(text)), 'nothing of Node is in it');
  for (const backend of backends) {
    const page = await openPage(browser, { path: `${pathOf(output)}?backend=${backend}` });
    await page.waitForFunction(() => 'result' in globalThis);
    assert.deepEqual(await page.evaluate(() => result), [2, 4, 6, 8]);
    assert.deepEqual(page.faults, []);
  }
}

async function withVite(name, options) {
  const outDir = join(folder, name);
  await vite({ root: folder, base: './', logLevel: 'error', configFile: false, ...options, build: { outDir, emptyOutDir: true, ...options.build } });
  return outDir;
}

test('Vite', async () => {
  await works(await withVite('vite', { build: { minify: false } }));
});

test('Vite, minified with the plugin: the kernel was compiled by then, so it does not matter that its imports are renamed', async () => {
  await works(await withVite('plugin', { plugins: [hpc.vite()] }), ['gpu', 'cpu']);
});

test('Vite, minified without it: the error says what to do', async () => {
  const output = await withVite('minified', {});
  const page = await openPage(browser, { path: `${pathOf(output)}?backend=cpu` });
  await page.waitForFunction(() => 'result' in globalThis);
  const message = await page.evaluate(() => result.then(() => 'no error', (error) => error.message));
  assert.match(message, /HPC01\d\d[^]*renamed|minif/);
});

test("Vite's overlay shows a mistake in a kernel, and the page comes back when it is mended", async () => {
  const root = join(folder, 'overlay');
  mkdirSync(root);
  writeFileSync(join(root, 'index.html'), '<!doctype html><link rel="icon" href="data:," /><script type="module" src="./program.js"></script>');
  const program = (kernel) => `import GPUInterface from 'hpc.js';
const gpu = new GPUInterface({ buffers: [{ name: 'a', size: [4] }] });
gpu.createKernel((inputs) => {
  ${kernel}
}).catch(() => 'not initialized');
globalThis.ready = true;
`;
  writeFileSync(join(root, 'program.js'), program('inputs.buffers.a[0] = oops;'));
  const server = await createServer({ configFile: false, root, logLevel: 'silent', plugins: [hpc.vite()], server: { port: 0, host: '127.0.0.1' } });
  try {
    await server.listen();
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls.local[0]);
    const overlay = page.locator('vite-error-overlay');
    await overlay.waitFor({ state: 'attached', timeout: 60_000 });
    const text = await overlay.evaluate((element) => element.shadowRoot.textContent);
    assert.match(text, /HPC0101/);
    assert.match(text, /unknown name `oops`/);
    assert.match(text, /program\.js:4:25/);
    writeFileSync(join(root, 'program.js'), program('inputs.buffers.a[0] = 1;'));
    await page.waitForFunction(() => globalThis.ready, undefined, { timeout: 60_000 });
    assert.equal(await overlay.count(), 0);
    await page.close();
  } finally {
    await server.close();
  }
});

async function withWebpack(name, options) {
  const path = join(folder, name);
  const all = { entry: join(folder, 'program.js'), output: { path, filename: 'main.js' }, performance: { hints: false }, devtool: false, ...options };
  await new Promise((resolve, reject) => {
    webpack(all, (error, stats) => {
      const failure = error ?? (stats.hasErrors() || stats.hasWarnings() ? new Error(stats.toString()) : undefined);
      return failure ? reject(failure) : resolve();
    });
  });
  writeFileSync(join(path, 'index.html'), '<!doctype html><link rel="icon" href="data:," /><script src="./main.js"></script>');
  return path;
}

test('webpack for development', async () => {
  await works(await withWebpack('webpack', { mode: 'development' }));
});

test('webpack for production, with the plugin', async () => {
  await works(await withWebpack('production', { mode: 'production', plugins: [hpc.webpack()] }), ['gpu', 'cpu']);
});
