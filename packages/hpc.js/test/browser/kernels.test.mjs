// What cases of the corpus cannot say: the package in a page.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';

const browser = await launch();

test('a kernel runs in a page', async () => {
  const page = await openPage(browser);
  const { doubled, backendType, adapterInfo } = await page.evaluate(async () => {
    const { default: GPUInterface } = await import('hpc.js');
    const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }], options: { backend: 'gpu' } }).initialize();
    const double = await gpu.createKernel((inputs) => {
      inputs.buffers.a[inputs.threadId.x] *= 2;
    });
    double.run(4);
    const { backendType, adapterInfo } = gpu;
    return { doubled: [...(await gpu.readBuffer('a'))], backendType, adapterInfo };
  });
  assert.deepEqual(doubled, [2, 4, 6, 8]);
  assert.equal(backendType, 'gpu');
  assert.deepEqual(adapterInfo, { name: 'google swiftshader', driver: '', api: 'WebGPU', kind: 'software' });
  assert.deepEqual(page.faults, []);
});
