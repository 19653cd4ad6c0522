// The package as it is published, installed into empty projects for pages: Vite and webpack build what runs in a browser.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import webpack from 'webpack';
import { installed, starter } from '../installed.mjs';
import { launch, openPage } from './browser.mjs';

const { folder, remove } = installed('pages');
after(remove);
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const browser = await launch();
const open = (output) => openPage(browser, { path: `/${relative(ROOT, output)}/index.html` });

test('the starter for Vite', async () => {
  const root = starter(folder, 'vite');
  await build({ root, logLevel: 'error' });
  const page = await open(join(root, 'dist'));
  await page.waitForFunction(() => document.querySelector('#device').textContent !== '', { timeout: 30_000 }).catch(() => assert.deepEqual(page.faults, []));
  assert.match(await page.textContent('#device'), /^computed by (gpu|cpu)$/);
  // What the canvas shows can be read while a frame is made.
  const colors = () => page.evaluate(() => new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const copy = new OffscreenCanvas(256, 256).getContext('2d');
      copy.drawImage(document.querySelector('canvas'), 0, 0);
      resolve(new Set(new Uint32Array(copy.getImageData(0, 0, 256, 256).data.buffer)).size);
    }));
  }));
  const many = async () => (await colors()) > 100;
  for (let round = 0; !(await many()); round++) {
    assert.ok(round < 100, 'a picture of many colours appears');
  }
  assert.deepEqual(page.faults, []);
});

test('webpack', async () => {
  const output = join(folder, 'webpack');
  const program = `
    import GPUInterface, { vec2 } from 'hpc.js';
    globalThis.result = (async () => {
      const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }], options: { backend: 'cpu' } }).initialize();
      const double = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] *= vec2(1, 2).y; });
      double.run(4);
      return [...(await gpu.readBuffer('a'))];
    })();`;
  writeFileSync(join(folder, 'program.js'), program);
  await new Promise((resolve, reject) => {
    const options = { mode: 'development', context: folder, entry: './program.js', output: { path: output, filename: 'main.js' }, devtool: false };
    webpack(options, (error, stats) => (error ?? stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve()));
  });
  writeFileSync(join(output, 'index.html'), '<!doctype html><link rel="icon" href="data:," /><script src="./main.js"></script>');
  const page = await open(output);
  await page.waitForFunction(() => 'result' in globalThis);
  assert.deepEqual(await page.evaluate(() => result), [2, 4, 6, 8]);
  assert.deepEqual(page.faults, []);
});
