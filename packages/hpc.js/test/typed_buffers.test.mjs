// Buffers of every type of elements: what goes in, what kernels store and what is read, on every backend.

import assert from 'node:assert/strict';
import test from 'node:test';
import {
  GPUInterface, vec2, vec2i, vec2u, vec3, vec3i, vec3u, vec4, vec4i, vec4u,
} from '../esm/index.js';

const BACKENDS = ['gpu', 'cpu', 'debug'];
const Halves = globalThis.Float16Array ?? Float32Array;

function onEach(title, body) {
  for (const backend of BACKENDS) {
    test(`${title} (${backend})`, () => body(backend));
  }
}

const open = (backend, buffers, options) => new GPUInterface({ buffers, options: { backend, onReport() {}, ...options } }).initialize();

// What a buffer of four elements holds, by its type.
const SCALARS = {
  number: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
  'u8-clamped': Uint8ClampedArray,
  f16: Halves,
  f64: Float64Array,
};

// What typed arrays convert: fractions, ties, signs, overflow and what is no number.
const NUMBERS = [
  0, 1, -1, 1.5, 2.5, -0.5, -1.5, 127.5, 128, 200, 254.5, 255, 255.5, 256, 300, -128, -129, 32767.9, 32768, 65535, 65536.5, -32769, 2 ** 24 + 1,
  2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32 + 5.5, -(2 ** 31) - 1, 2 ** 53 - 1, 0.1, 1e10, -1e10, 1e300, -1e300, 65519, 65520, NaN, Infinity, -Infinity,
];

// As an array of this type keeps them. Halves round once, from the double.
const converted = (type) => new SCALARS[type](NUMBERS.map((number) => (type === 'f16' ? half(number) : number)));

// The nearest half by arithmetic in doubles, of numbers that are no smaller than the least normal one.
function half(number) {
  if (!Number.isFinite(number) || number === 0) {
    return number;
  }
  const step = 2 ** (Math.floor(Math.log2(Math.abs(number))) - 10);
  const rounded = (number / step + 1.5 * 2 ** 52 - 1.5 * 2 ** 52) * step;
  return Math.abs(rounded) >= 2 ** 16 ? Math.sign(number) * Infinity : rounded;
}

const all = (type) => [{ name: 'a', size: [NUMBERS.length], type }];

onEach('numbers go into every type as into its typed array, and come out as one', async (backend) => {
  for (const type of Object.keys(SCALARS)) {
    const gpu = await open(backend, [{ ...all(type)[0], initialData: NUMBERS }]);
    const read = await gpu.readBuffer('a');
    assert.equal(read.constructor, SCALARS[type]);
    assert.deepEqual(read, converted(type), type);
    gpu.writeBuffer('a', NUMBERS.toReversed());
    assert.deepEqual(await gpu.readBuffer('a'), converted(type).reverse(), type);
  }
});

onEach('kernels store into every type as JavaScript stores into its typed array', async (backend) => {
  for (const type of Object.keys(SCALARS)) {
    const gpu = await open(backend, [...all(type), { name: 'given', size: [NUMBERS.length], type: 'f64', initialData: NUMBERS }]);
    const store = await gpu.createKernel((inputs) => {
      inputs.buffers.a[inputs.threadId.x] = inputs.buffers.given[inputs.threadId.x];
    });
    store.run(NUMBERS.length);
    assert.deepEqual(await gpu.readBuffer('a'), converted(type), type);
  }
});

onEach('kernels compute with what is stored', async (backend) => {
  for (const [type, array] of Object.entries(SCALARS)) {
    const gpu = await open(backend, [{ name: 'a', size: [2, 1], type, initialData: [[1], [2]] }]);
    const add = await gpu.createKernel((inputs) => {
      inputs.buffers.a[inputs.threadId.x][0] += 300.75;
    });
    add.run(2);
    assert.deepEqual(await gpu.readBuffer('a'), new array([301.75, 302.75]), type);
  }
});

onEach('booleans', async (backend) => {
  const gpu = await open(backend, [
    { name: 'a', size: [5], initialData: [true, false, true, false, true] },
    { name: 'b', size: [5], type: 'boolean' },
  ]);
  const read = async (name) => {
    const contents = await gpu.readBuffer(name);
    assert.equal(contents.constructor, Uint8Array);
    return [...contents];
  };
  assert.deepEqual(await read('a'), [1, 0, 1, 0, 1]);
  const both = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.b[i] = !inputs.buffers.a[i] || i === 2;
  });
  both.run(5);
  assert.deepEqual(await read('b'), [0, 1, 1, 1, 0]);
  // Bytes that are not 0 are true.
  gpu.writeBuffer('a', new Uint8Array([0, 1, 2, 255, 0]));
  both.run(5);
  assert.deepEqual([await read('a'), await read('b')], [[0, 1, 1, 1, 0], [1, 0, 1, 0, 1]]);
  gpu.writeBuffer('a', [false, true, true, true, false]);
  assert.deepEqual(await read('a'), [0, 1, 1, 1, 0]);
});

const VECTORS = { vec2i, vec3i, vec4i, vec2u, vec3u, vec4u };

onEach('vectors of integers', async (backend) => {
  for (const [type, vector] of Object.entries(VECTORS)) {
    const array = type.endsWith('i') ? Int32Array : Uint32Array;
    const count = Number(type[3]);
    const components = (...numbers) => [...numbers, 0].slice(0, Math.max(2, count === 2 ? 2 : 4));
    const one = [5, -7, 2 ** 31, 9].slice(0, count);
    const gpu = await open(backend, [{ name: 'v', size: [2], initialData: [vector(...one), vector(2)] }]);
    const flat = (first, second) => new array([...components(...first), ...components(...second)]);
    assert.deepEqual(await gpu.readBuffer('v'), flat(one, Array(count).fill(2)), type);
    const change = await gpu.createKernel((inputs) => {
      const v = inputs.buffers.v[1];
      inputs.buffers.v[1] = v.times(inputs.threadId.x + 3).minus(inputs.buffers.v[0]);
      inputs.buffers.v[0].y = 3.7;
      inputs.buffers.v[1].yx = v.xy;
      inputs.buffers.v[1].x -= 5;
    });
    change.run(1);
    const expected = flat(one.with(1, 3), [-3, 2, 6 - 2 ** 31, -3].slice(0, count));
    assert.deepEqual(await gpu.readBuffer('v'), expected, type);
    gpu.writeBuffer('v', new array(expected.length).fill(8));
    assert.deepEqual(await gpu.readBuffer('v'), flat(Array(count).fill(8), Array(count).fill(8)), type);
  }
});

onEach('the type of the elements is that of the data', async (backend) => {
  const of = async (initialData, size = [2]) => (await open(backend, [{ name: 'a', size, initialData }])).readBuffer('a');
  for (const [type, array] of Object.entries(SCALARS)) {
    if (type !== 'f16' || globalThis.Float16Array) {
      assert.equal((await of(new array(2))).constructor, array);
      assert.equal((await of([new array([1, 2]), [3, 4]], [2, 2])).constructor, array);
    }
  }
  assert.equal((await of([[1, 2], new Float32Array(2)], [2, 2])).constructor, Float32Array);
  assert.deepEqual(await of([true, false]), new Uint8Array([1, 0]));
  assert.deepEqual(await of([vec2i(1, 2), vec2i(3, 4)]), new Int32Array([1, 2, 3, 4]));
  assert.deepEqual(await of([vec3u(1), vec3u(2)]), new Uint32Array([1, 1, 1, 0, 2, 2, 2, 0]));
  assert.deepEqual(await of([vec3(1), vec3(2)]), new Float32Array([1, 1, 1, 0, 2, 2, 2, 0]));
});

test('data that a buffer does not take', () => {
  const make = (type, initialData) => () => new GPUInterface({ buffers: [{ name: 'a', size: [2], type, initialData }] });
  const refused = [
    [make('i32', new Uint32Array(2)), 'initialData is a Uint32Array, but the buffer "a" (i32) takes an Int32Array'],
    [make('u8', new Uint8ClampedArray(2)), 'initialData is a Uint8ClampedArray, but the buffer "a" (u8) takes a Uint8Array'],
    [make('u8-clamped', new Uint8Array(2)), 'initialData is a Uint8Array, but the buffer "a" (u8-clamped) takes a Uint8ClampedArray'],
    [make('f64', new Float32Array(2)), 'initialData is a Float32Array, but the buffer "a" (f64) takes a Float64Array'],
    [make('f16', new Uint16Array(2)), 'initialData is a Uint16Array, but the buffer "a" (f16) takes a Float16Array or a Float32Array'],
    [make('boolean', new Int8Array(2)), 'initialData is an Int8Array, but the buffer "a" (boolean) takes a Uint8Array'],
    [make('vec2u', new Int32Array(4)), 'initialData is an Int32Array, but the buffer "a" (vec2u) takes a Uint32Array'],
    [make('i16', new Int16Array(3)), 'initialData has 3 numbers, but the buffer "a" (i16, size [2]) wants 2'],
    [make('vec3i', new Int32Array(6)), 'initialData has 6 numbers, but the buffer "a" (vec3i, size [2]) wants 8'],
    [make('i32', [1, true]), 'initialData[1] must be a number, as the buffer "a" is of i32, not true (a boolean)'],
    [make('u8', [1, vec2(1)]), 'initialData[1] must be a number, as the buffer "a" is of u8, not a vec2'],
    [make('boolean', [true, 1]), 'initialData[1] must be a boolean, the type of the buffer "a", not 1 (a number)'],
    [make(undefined, [true, 1]), 'initialData[1] must be a boolean, the type of the buffer "a", not 1 (a number)'],
    [make('vec2i', [vec2i(1), vec2(1)]), 'initialData[1] must be a vec2i, the type of the buffer "a", not a vec2'],
    [make('vec2', [vec2u(1), vec2(1)]), 'initialData[0] must be a vec2, the type of the buffer "a", not a vec2u'],
    [make('f64', new BigInt64Array(2)), 'initialData is a BigInt64Array, which the buffer "a" (f64) cannot take; ' +
      'no buffer holds bigints: convert them to numbers, as in a Float64Array'],
    [make(undefined, new BigUint64Array(2)), 'initialData of the buffer "a" must hold numbers, booleans or vectors; ' +
      'no buffer holds bigints: convert them to numbers, as in a Float64Array'],
    [make(undefined, [1n, 2n]), 'initialData of the buffer "a" must hold numbers, booleans or vectors; ' +
      'no buffer holds bigints: convert them to numbers, as in a Float64Array'],
    [make(undefined, new DataView(new ArrayBuffer(2))), 'initialData of the buffer "a" must hold numbers, booleans or vectors; leave it out for zeros'],
  ];
  for (const [call, message] of refused) {
    assert.throws(call, (error) => {
      assert.equal(error.message, message);
      return true;
    });
  }
});

test('an unknown type', () => {
  const make = (type) => () => new GPUInterface({ buffers: [{ name: 'a', size: [2], type }] });
  const types = 'the types are number, i32, u32, i16, u16, i8, u8, u8-clamped, f16, f64, boolean, vec2, vec3, vec4, vec2i, vec3i, vec4i, vec2u, vec3u, vec4u';
  assert.throws(make('i31'), { name: 'TypeError', message: `the type of the buffer "a" cannot be "i31"; did you mean "i32"? (${types})` });
  assert.throws(make('vec3f'), { message: `the type of the buffer "a" cannot be "vec3f"; that is "vec3" here (${types})` });
  assert.throws(make('double'), { message: `the type of the buffer "a" cannot be "double"; that is "f64" here (${types})` });
});

onEach('buffers of floats take any typed array, halves take singles', async (backend) => {
  const gpu = await open(backend, [{ name: 'n', size: [2] }, { name: 'v', size: [1], type: 'vec2' }, { name: 'h', size: [2], type: 'f16' }]);
  for (const array of [Float64Array, Int32Array, Uint8ClampedArray, Int8Array]) {
    gpu.writeBuffer('n', new array([1.5, 100]));
    gpu.writeBuffer('v', new array([1.5, 100]));
    const expected = new Float32Array(new array([1.5, 100]));
    assert.deepEqual([await gpu.readBuffer('n'), await gpu.readBuffer('v')], [expected, expected]);
  }
  const singles = new Float32Array([1 / 3, 2049]);
  gpu.writeBuffer('h', singles);
  assert.deepEqual(await gpu.readBuffer('h'), new Halves([half(1 / 3), 2048]));
  assert.equal(singles[1], 2049);
});

onEach('parts of arrays and shared memory', async (backend) => {
  const gpu = await open(backend, [{ name: 'a', size: [3], type: 'i16' }, { name: 'b', size: [2], type: 'f64' }]);
  gpu.writeBuffer('a', new Int16Array([0, 1, 2, 3, 4]).subarray(1, 4));
  assert.deepEqual(await gpu.readBuffer('a'), new Int16Array([1, 2, 3]));
  const shared = new Float64Array(new SharedArrayBuffer(24), 8);
  shared.set([1.5, 2.5]);
  gpu.writeBuffer('b', shared);
  shared.fill(0);
  assert.deepEqual([...(await gpu.readBuffer('b'))], [1.5, 2.5]);
});

onEach('ranges, and reads into an array', async (backend) => {
  for (const [type, array] of Object.entries(SCALARS)) {
    const gpu = await open(backend, [{ name: 'a', size: [7], type, initialData: [1, 2, 3, 4, 5, 6, 7] }]);
    assert.deepEqual(await gpu.readBuffer('a', { start: 1, end: 4 }), new array([2, 3, 4]), type);
    assert.deepEqual(await gpu.readBuffer('a', { start: 6 }), new array([7]), type);
    const into = new array(5);
    const part = into.subarray(1, 4);
    assert.equal(await gpu.readBuffer('a', { start: 3, end: 6, into: part }), part);
    assert.deepEqual(into, new array([0, 4, 5, 6, 0]), type);
  }
  const gpu = await open(backend, [{ name: 'h', size: [2], type: 'f16', initialData: [0.5, 2] }, { name: 'v', size: [2], type: 'vec3i' }]);
  assert.deepEqual(await gpu.readBuffer('h', { into: new Float32Array(2) }), new Float32Array([0.5, 2]));
  await assert.rejects(gpu.readBuffer('h', { into: new Float64Array(2) }), /^TypeError: into must be a Float\d\dArray, as which the buffer "h" \(f16\)/);
  await assert.rejects(gpu.readBuffer('v', { into: new Uint32Array(8) }), {
    name: 'TypeError', message: 'into must be an Int32Array, as which the buffer "v" (vec3i) is read, not a Uint32Array',
  });
  await assert.rejects(gpu.readBuffer('v', { start: 1, into: new Int32Array(3) }), {
    name: 'RangeError', message: 'into has 3 numbers, but what is read of "v" has 4',
  });
});

onEach('copies and lists', async (backend) => {
  for (const [type, array] of Object.entries(SCALARS)) {
    const gpu = await open(backend, [{ name: 'a', size: [3], type }, { name: 'b', size: [3], type }, { name: 'c', size: [3] }]);
    const list = gpu.record(() => {
      gpu.writeBuffer('a', [1, 2, 3]);
      gpu.copyBuffer('a', 'b');
    });
    list.replay();
    assert.deepEqual(await gpu.readBuffer('b'), new array([1, 2, 3]), type);
    if (type !== 'number') {
      const message = `cannot copy "a" (size [3], ${type}) to "c" (size [3], number): make sizes and types the same`;
      assert.throws(() => gpu.copyBuffer('a', 'c'), { message });
    }
  }
});

onEach('a list carries the data of a buffer of Node', async (backend) => {
  const gpu = await open(backend, [{ name: 'a', size: [3], type: 'u8' }]);
  const data = Buffer.from([1, 2, 3]);
  const list = gpu.record(() => gpu.writeBuffer('a', data));
  data.fill(9);
  list.replay();
  assert.deepEqual(await gpu.readBuffer('a'), new Uint8Array([1, 2, 3]));
});

test('vectors and arrays of the other module system and of other realms', async () => {
  const { createRequire } = await import('node:module');
  const { runInNewContext } = await import('node:vm');
  const cjs = createRequire(import.meta.url)('../index.cjs');
  const gpu = await open('debug', [{ name: 'v', size: [1], initialData: [cjs.vec2i(1, 2)] }, { name: 'a', size: [2], type: 'i8' }]);
  assert.deepEqual(await gpu.readBuffer('v'), new Int32Array([1, 2]));
  gpu.writeBuffer('a', runInNewContext('new Int8Array([3, 4])'));
  assert.deepEqual(await gpu.readBuffer('a'), new Int8Array([3, 4]));
});

// What the debug backend reports of kernels that store into buffers of these types.
async function reports(type, kernel) {
  const found = [];
  const gpu = await open('debug', [{ name: 'a', size: [4], type }], { onReport: (report) => found.push(report) });
  (await gpu.createKernel(kernel)).run(2);
  return found;
}

test('an integer that a buffer of singles cannot hold is reported once a line', async () => {
  const line = 2 + Number(/typed_buffers\.test\.mjs:(\d+)/.exec(new Error().stack)[1]);
  const [report, ...others] = await reports('number', (inputs) => {
    inputs.buffers.a[inputs.threadId.x] = 2 ** 24 + 1;
    inputs.buffers.a[inputs.threadId.x + 2] = 0.1;
    inputs.buffers.a[inputs.threadId.x + 2] = 2 ** 24;
  });
  const { message, ...fields } = report;
  assert.deepEqual(fields, { kind: 'precision', buffer: 'a', index: [0], thread: [0, 0, 0], file: import.meta.url, line });
  assert.equal(message, 'precision: a[0] is set to the integer 16777217, which the type number rounds to 16777216: ' +
    `declare the buffer "a" i32, u32 or f64 (thread 0, 0, 0, ${import.meta.url}:${line})`);
  assert.deepEqual(others, []);
});

test('so are integers in vectors and halves, and none in other types', async () => {
  const [vector] = await reports('vec3', (inputs) => {
    inputs.buffers.a[inputs.threadId.x].y = -16777217;
  });
  assert.match(vector.message, /integer -16777217, which the type vec3 rounds to -16777216: declare the buffer "a" vec3i or vec3u/);
  const [half] = await reports('f16', (inputs) => {
    inputs.buffers.a[inputs.threadId.x] = 2049;
  });
  assert.match(half.message, /integer 2049, which the type f16 rounds to 2048: declare the buffer "a" i32, u32 or f64/);
  for (const type of ['i32', 'u32', 'i16', 'u8', 'u8-clamped', 'f64']) {
    assert.deepEqual(await reports(type, (inputs) => {
      inputs.buffers.a[inputs.threadId.x] = 2 ** 40 + 1;
    }), []);
  }
});

test('what is stored has the type of the buffer', async () => {
  const refused = async (type, kernel) => {
    const gpu = await open('debug', [{ name: 'a', size: [4], type }]);
    await assert.rejects(gpu.createKernel(kernel), { code: 'HPC0201' });
  };
  await refused('boolean', (inputs) => { inputs.buffers.a[0] = 1; });
  await refused('i32', (inputs) => { inputs.buffers.a[0] = true; });
  await refused('vec2i', (inputs) => { inputs.buffers.a[0] = vec2(1); });
});
