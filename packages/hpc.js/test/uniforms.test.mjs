// Uniforms of every type: exact in kernels, read-only, of one type and length for good. On every backend.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface, dim, vec2, vec2i, vec2u, vec3, vec3i, vec4, vec4u } from '../esm/index.js';

const BACKENDS = ['gpu', 'cpu', 'debug'];

function onEach(title, body) {
  for (const backend of BACKENDS) {
    test(`${title} (${backend})`, () => body(backend));
  }
}

// An interface with these uniforms and buffers of doubles and of integers to store them in.
async function open(backend, uniforms, options) {
  const buffers = [{ name: 'doubles', size: [8], type: 'f64' }, { name: 'integers', size: [8], type: 'i32' }];
  const gpu = await new GPUInterface({ buffers, uniforms, options: { backend, onReport() {}, ...options } }).initialize();
  const read = async (name = 'doubles') => [...(await gpu.readBuffer(name))];
  return { gpu, read };
}

onEach('any double arrives exactly', async (backend) => {
  const { gpu, read } = await open(backend, { n: 1 });
  const store = await gpu.createKernel((inputs) => {
    inputs.buffers.doubles[inputs.threadId.x] = inputs.uniforms.n;
  });
  for (const n of [0.1, 16777217, 2 ** 31, 2 ** 32 + 1, 2 ** 53 - 1, -(2 ** 53) + 1, 1e300, 5e-324, -0, Infinity, -Infinity, NaN]) {
    gpu.setUniforms({ n });
    store.run(1);
    const [stored] = await read();
    assert.ok(Object.is(stored, n), `${stored} instead of ${n}`);
  }
});

onEach('numbers compute as doubles', async (backend) => {
  const { gpu, read } = await open(backend, { n: 2 ** 24, m: 0.1, v: vec2(0.1, 2 ** 30) });
  const add = await gpu.createKernel((inputs) => {
    inputs.buffers.doubles[0] = inputs.uniforms.n + 1;
    inputs.buffers.doubles[1] = inputs.uniforms.m * 3;
    inputs.buffers.doubles[2] = inputs.uniforms.v.x + 0.2;
    inputs.buffers.doubles[3] = inputs.uniforms.v.y * 4 + 1;
  });
  add.run(1);
  assert.deepEqual((await read()).slice(0, 4), [2 ** 24 + 1, 0.1 * 3, 0.1 + 0.2, 2 ** 32 + 1]);
});

onEach('vectors', async (backend) => {
  const { gpu, read } = await open(backend, { a: vec3(0.1, 0.2, 0.3), b: vec3i(1, -2, 2 ** 31 - 1), c: vec2u(2 ** 32 - 1, 7), d: vec4u(1, 2, 3, 4) });
  const store = await gpu.createKernel((inputs) => {
    inputs.buffers.doubles[0] = inputs.uniforms.a.z;
    inputs.buffers.doubles[1] = inputs.uniforms.b.plus(vec3i(1)).z;
    inputs.buffers.doubles[2] = inputs.uniforms.c.x;
    inputs.buffers.doubles[3] = inputs.uniforms.c.plus(vec2u(1)).x;
    inputs.buffers.doubles[4] = inputs.uniforms.d.w;
    inputs.buffers.doubles[5] = vec2(inputs.uniforms.b.xy).div(4).y;
  });
  store.run(1);
  assert.deepEqual((await read()).slice(0, 6), [0.3, -(2 ** 31), 2 ** 32 - 1, 0, 4, -0.5]);
  gpu.setUniforms({ b: vec3i(5.9, 6, 7) });
  store.run(1);
  assert.equal((await read())[5], 1.5);
});

const ARRAYS = {
  plain: [0.1, 16777217, -3, 2 ** 40],
  singles: new Float32Array([0.1, 16777216, -3, Infinity]),
  doubles: new Float64Array([0.1, 16777217, -3, 2 ** 40]),
  bytes: new Uint8Array([0, 1, 128, 255]),
  small: new Int16Array([-32768, 0, 1, 32767]),
  words: new Uint32Array([0, 1, 2 ** 31, 2 ** 32 - 1]),
};

onEach('arrays are indexed like buffers', async (backend) => {
  for (const [name, list] of Object.entries(ARRAYS)) {
    const { gpu, read } = await open(backend, { list });
    const store = await gpu.createKernel((inputs) => {
      // Two indices below, each element, and two above.
      inputs.buffers.doubles[inputs.threadId.x] = inputs.uniforms.list[inputs.threadId.x - 1.5];
      inputs.buffers.integers[inputs.threadId.x] = dim(inputs.uniforms.list);
    });
    store.run(8);
    assert.deepEqual(await read(), [0, 0, ...list, 0, 0], name);
    assert.deepEqual(await read('integers'), Array(8).fill(4));
    const other = list.toReversed();
    gpu.setUniforms({ list: other });
    other[0] = 99;
    store.run(8);
    assert.deepEqual(await read(), [0, 0, ...list.toReversed(), 0, 0], name);
  }
});

onEach('a convolution', async (backend) => {
  const buffers = [{ name: 'in', size: [6], initialData: [1, 2, 3, 4, 5, 6] }, { name: 'out', size: [6] }];
  const gpu = await new GPUInterface({ buffers, uniforms: { weights: [1, 4, 6, 4, 1] }, options: { backend, onReport() {} } }).initialize();
  const convolve = await gpu.createKernel((inputs) => {
    let sum = 0;
    for (let k = 0; k < dim(inputs.uniforms.weights); k++) {
      sum += inputs.uniforms.weights[k] * inputs.buffers.in[inputs.threadId.x + k - 2];
    }
    inputs.buffers.out[inputs.threadId.x] = sum;
  });
  convolve.run(6);
  assert.deepEqual([...(await gpu.readBuffer('out'))], [17, 32, 48, 64, 73, 60]);
});

onEach('runs keep the arrays that they were called with', async (backend) => {
  const { gpu, read } = await open(backend, { list: [1, 2] });
  const store = await gpu.createKernel((inputs) => {
    inputs.buffers.doubles[inputs.threadId.x] = inputs.uniforms.list[inputs.threadId.x];
  });
  const list = gpu.record(() => {
    gpu.setUniforms({ list: [5, 6] });
    store.run(1);
  });
  gpu.setUniforms({ list: [3, 4] });
  store.run(2);
  const before = read();
  list.replay();
  assert.deepEqual((await before).slice(0, 2), [3, 4]);
  assert.deepEqual((await read()).slice(0, 2), [5, 4]);
});

test('what a uniform cannot be', () => {
  const refused = [
    [[], 'the uniform "u" is an empty array, and needs an element at least'],
    [new Float32Array(0), 'the uniform "u" is an empty array, and needs an element at least'],
    [new Float64Array(16385), 'the uniform "u" has 16385 numbers, and 16384 at most are possible: use a buffer'],
    [[1, '2'], 'the uniform "u" must hold numbers, but [1] is the string "2"'],
    [[1, , 2], 'the uniform "u" must hold numbers, but [1] is undefined'],
    [[[1], [2]], 'the uniform "u" must hold numbers, but [0] is an array'],
    [[vec2(1)], 'the uniform "u" must hold numbers, but [0] is a vec2'],
    [new Uint8ClampedArray(2), 'the uniform "u" cannot be a Uint8ClampedArray: use a Uint8Array'],
    [new BigInt64Array(2), 'the uniform "u" cannot be a BigInt64Array: convert the bigints to numbers, as in a Float64Array'],
    [1n, 'the uniform "u" must be a number, a boolean, a vector or an array of numbers, not 1 (a bigint)'],
    [undefined, 'the uniform "u" must be a number, a boolean, a vector or an array of numbers, not undefined'],
    [{ length: 1, 0: 1 }, 'the uniform "u" must be a number, a boolean, a vector or an array of numbers, not an object (Object)'],
  ];
  for (const [u, message] of refused) {
    assert.throws(() => new GPUInterface({ uniforms: { u } }), { message });
  }
  new GPUInterface({ uniforms: { u: new Float64Array(16384) } });
});

onEach('another type or length', async (backend) => {
  const uniforms = { n: 1, list: [1, 2], singles: new Float32Array(3), cell: vec2i(1), place: vec2(1), flag: true };
  const { gpu } = await open(backend, uniforms);
  const refused = [
    [{ n: [1] }, 'the uniform "n" is a number, as its first value was, and cannot be set to an array of 1 numbers'],
    [{ list: 1 }, 'the uniform "list" is an array of 2 numbers, as its first value was, and cannot be set to 1 (a number)'],
    [{ list: [1, 2, 3] }, 'the uniform "list" is an array of 2 numbers, as its first value was, and cannot be set to an array of 3 numbers'],
    [{ list: new Float64Array(2) }, 'the uniform "list" is an array of 2 numbers, as its first value was, and cannot be set to an array of 2 f64'],
    [{ singles: new Float32Array(2) }, 'the uniform "singles" is an array of 3 f32, as its first value was, and cannot be set to an array of 2 f32'],
    [{ singles: [1, 2, 3] }, 'the uniform "singles" is an array of 3 f32, as its first value was, and cannot be set to an array of 3 numbers'],
    [{ cell: vec2u(1) }, 'the uniform "cell" is a vec2i, as its first value was, and cannot be set to a vec2u'],
    [{ cell: vec2(1) }, 'the uniform "cell" is a vec2i, as its first value was, and cannot be set to a vec2'],
    [{ place: vec2i(1) }, 'the uniform "place" is a vec2, as its first value was, and cannot be set to a vec2i'],
    [{ flag: 1 }, 'the uniform "flag" is a boolean, as its first value was, and cannot be set to 1 (a number)'],
  ];
  for (const [values, message] of refused) {
    assert.throws(() => gpu.setUniforms(values), { name: 'TypeError', message });
  }
});

test('in debug an index outside of an array is reported, and an assignment is a mistake', async () => {
  const found = [];
  const { gpu } = await open('debug', { list: [1, 2] }, { onReport: (report) => found.push(report) });
  const line = 2 + Number(/uniforms\.test\.mjs:(\d+)/.exec(new Error().stack)[1]);
  const store = await gpu.createKernel((inputs) => {
    inputs.buffers.doubles[0] = inputs.uniforms.list[inputs.threadId.x + 2];
  });
  store.run(1);
  const [{ message, ...fields }] = found;
  assert.deepEqual(fields, { kind: 'out-of-range', buffer: 'list', index: [2], thread: [0, 0, 0], file: import.meta.url, line });
  assert.match(message, /^out-of-range: list\[2\] is used, which is outside of its size \[2\] \(thread 0, 0, 0/);
  const assign = gpu.createKernel((inputs) => {
    inputs.uniforms.list[0] = 1;
  });
  await assert.rejects(assign, { code: 'HPC0203' });
});
