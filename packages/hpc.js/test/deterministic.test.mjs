// The option `deterministic`: what is accumulated is the same to the last bit in each run.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface } from '../esm/index.js';

const N = 2000;
const values = Float32Array.from({ length: N }, (_, i) => (i * 7919 % 1009) * 1.1 ** (i % 97 - 40));

async function scatter(backend) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'values', size: [N], initialData: values }, { name: 'sums', size: [7] }, { name: 'list', type: 'u32', size: [N] }, { name: 'count', type: 'u32', size: [1] }],
    options: { backend, deterministic: true },
  }).initialize();
  const kernel = await gpu.createKernel(({ threadId: { x }, buffers: { values, sums, list, count } }) => {
    sums[x * 13 % 7] += values[x];
    if (values[x] > 40) {
      list[Atomics.add(count, 0, 1)] = x;
    }
  });
  kernel.run(N);
  const bits = new Uint32Array((await gpu.readBuffer('sums')).buffer);
  const result = [...bits, ...await gpu.readBuffer('list')];
  gpu.destroy();
  return { result, explanation: kernel.explain?.() };
}

for (const backend of ['cpu', 'gpu']) {
  test(`twenty runs give the same bits, those of JavaScript, on ${backend}`, async () => {
    const { result } = await scatter('debug');
    assert.ok(result.some((word) => word > 0));
    for (let time = 0; time < 20; time += 1) {
      assert.deepEqual((await scatter(backend)).result, result);
    }
  });
}

test('the option is a boolean', () => {
  assert.throws(() => new GPUInterface({ options: { deterministic: 1 } }), /options.deterministic must be a boolean, not 1/);
});
