// Constants that are handed to kernels: on every backend, from where they are given, and what is refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import GPUInterface, { vec2 } from '../esm/index.js';

const open = (backend) =>
  new GPUInterface({ buffers: [{ name: 'out', size: [4] }], options: { backend } }).initialize();

for (const backend of ['gpu', 'cpu', 'debug']) {
  test(`what is given counts, whatever the program calls so, on ${backend}`, async () => {
    const N = 3;
    const gpu = await open(backend);
    const levels = [1, 2, 4];
    const kernel = await gpu.createKernel((inputs) => {
      inputs.buffers.out[inputs.threadId.x] = levels[inputs.threadId.x] * N + levels[1.5];
    }, { constants: { N: N * 100, levels } });
    levels[0] = 99;
    kernel.run(4);
    assert.deepEqual([...(await gpu.readBuffer('out'))], [302, 602, 1202, 2]);
    const explanation = await kernel.explain();
    assert.equal(typeof explanation, 'string');
    gpu.destroy();
  });

  test(`a mistake is shown where it stands, on ${backend}`, async () => {
    const gpu = await open(backend);
    const make = () => gpu.createKernel((inputs) => {
      inputs.buffers.out[0] = COUNT + inputs.buffers.ouch[0];
    }, { constants: { COUNT: 1 } });
    await assert.rejects(make(), (error) => {
      assert.equal(error.code, 'HPC0105');
      assert.equal(error.line, 2);
      assert.match(error.message, /constants\.test\.mjs:\d+:/);
      assert.doesNotMatch(error.message, /# constants/);
      return true;
    });
    gpu.destroy();
  });

  test(`names that kernels have for something else are refused, on ${backend}`, async () => {
    const gpu = await open(backend);
    const kernel = (inputs) => { inputs.buffers.out[0] = 1; };
    for (const [name, why] of [
      ['inputs', /what the kernel calls its parameter/],
      ['vec2', /a name of the library/],
      ['Math', /a name of JavaScript/],
      ['hpc__x', /belongs to HPC\.js/],
    ]) {
      await assert.rejects(gpu.createKernel(kernel, { constants: { [name]: 1 } }), why, name);
    }
    gpu.destroy();
  });
}

test('a name that nobody handed in says how to', async () => {
  const gpu = await open('gpu');
  const kernel = (inputs) => { inputs.buffers.out[0] = LIMIT; };
  await assert.rejects(gpu.createKernel(kernel), /createKernel\(kernel, \{ constants: \{ LIMIT \} \}\)/);
  gpu.destroy();
});

test('what kernels cannot have is refused at once', async () => {
  const gpu = await open('debug');
  const give = (constants) => gpu.createKernel(() => {}, { constants });
  await assert.rejects(give({ f: () => 1 }), /the constant "f" must be a number, a boolean, a vector or an array of such, not .*declare functions in the kernel/);
  await assert.rejects(give({ s: 'text' }), /the constant "s" must be a number/);
  await assert.rejects(give({ big: 1n }), /the constant "big" must be a number/);
  await assert.rejects(give({ bigs: new BigInt64Array(2) }), /convert the bigints/);
  await assert.rejects(give({ none: [] }), /an empty array/);
  await assert.rejects(give({ mixed: [1, true] }), /"mixed" holds a number, but \[1\] is a boolean/);
  await assert.rejects(give({ holes: [vec2(1, 2), undefined] }), /\[1\], must be a number/);
  await assert.rejects(give({ long: new Float32Array(4097) }), /has 4097 elements, and 4096 at most/);
  await assert.rejects(give({ 'a b': 1 }), /"a b" is no name of a constant/);
  await assert.rejects(give({ let: 1 }), /"let" is no name of a constant/);
  await assert.rejects(give(3), /the constants of a kernel must be an object/);
  await assert.rejects(gpu.createKernel(() => {}, { constant: {} }), /has no "constant"; did you mean "constants"/);
  await assert.rejects(gpu.createKernel(() => {}, {}, 3), /takes a function and options, not 3 arguments/);
  gpu.destroy();
});

test('kernels of the same text with other constants are other kernels', async () => {
  const gpu = await open('gpu');
  const kernel = (inputs) => { inputs.buffers.out[inputs.threadId.x] = N; };
  for (const N of [1, 2]) {
    (await gpu.createKernel(kernel, { constants: { N } })).run(4);
    assert.deepEqual([...(await gpu.readBuffer('out'))], [N, N, N, N]);
  }
  gpu.destroy();
});
