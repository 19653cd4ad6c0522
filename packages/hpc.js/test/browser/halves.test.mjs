// Halves in an engine that has arrays of them, which Node does not have everywhere.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';

const browser = await launch();

test('our halves are those of the engine', async () => {
  const page = await openPage(browser);
  const differing = await page.evaluate(async () => {
    const { bitsOfHalf, halfOfBits } = await import('/packages/hpc.js/esm/half.js');
    const bits = Uint16Array.from({ length: 65536 }, (_, index) => index);
    const engine = new Float16Array(bits.buffer);
    const differing = [...engine].map((half, index) => [half, index]).filter(([half, index]) => !Object.is(half, halfOfBits(index)));
    const doubles = Float64Array.from({ length: 500_000 }, () => (Math.random() - 0.5) * 2 ** (Math.random() * 48 - 30));
    const rounded = new Float16Array(doubles);
    return [...differing, ...[...doubles].filter((double, index) => halfOfBits(bitsOfHalf(double)) !== rounded[index])];
  });
  assert.deepEqual(differing, []);
  assert.deepEqual(page.faults, []);
});

for (const backend of ['gpu', 'cpu', 'debug']) {
  test(`buffers of halves are read as arrays of them (${backend})`, async () => {
    const page = await openPage(browser);
    const results = await page.evaluate(async (backend) => {
      const { GPUInterface } = await import('hpc.js');
      const buffers = [
        { name: 'given', size: [2], initialData: new Float16Array([0.1, 2049]) },
        { name: 'declared', size: [2], type: 'f16', initialData: new Float32Array([0.1, 2049]) },
        { name: 'stored', size: [2], type: 'f16' },
      ];
      const gpu = await new GPUInterface({ buffers, uniforms: { h: new Float16Array([0.1, 3]) }, options: { backend, onReport() {} } }).initialize();
      const store = await gpu.createKernel((inputs) => {
        inputs.buffers.stored[inputs.threadId.x] = inputs.buffers.given[inputs.threadId.x] + inputs.uniforms.h[inputs.threadId.x];
      });
      store.run(2);
      const reads = await Promise.all(['given', 'declared', 'stored'].map((name) => gpu.readBuffer(name)));
      const into = await gpu.readBuffer('given', { into: new Float32Array(2) });
      gpu.writeBuffer('given', reads[2]);
      reads.push(await gpu.readBuffer('given', { start: 1, into: new Float16Array(1) }), into);
      return reads.map((array) => [array.constructor.name, ...array]);
    }, backend);
    const tenth = 0.0999755859375;
    assert.deepEqual(results, [
      ['Float16Array', tenth, 2048],
      ['Float16Array', tenth, 2048],
      ['Float16Array', 2 * tenth, 2052],
      ['Float16Array', 2052],
      ['Float32Array', tenth, 2048],
    ]);
    assert.deepEqual(page.faults, []);
  });
}
