// Arguments that are getters, proxies, memory that goes away or that other threads write, huge or no numbers: a call does what JavaScript
// would make of them, or fails at once and has done nothing.

import assert from 'node:assert/strict';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { GPUInterface, createCanvas, vec2 } from '../esm/index.js';
import { detached, revoked } from './odd.mjs';

const BACKENDS = ['gpu', 'cpu', 'debug'];

const boom = () => { throw new Error('a getter'); };
const getter = (object, name) => Object.defineProperty(object, name, { get: boom, enumerable: true });
const proxy = (target, trap) => new Proxy(target, { [trap]: boom });
const resizable = (count, most = 2 * count) => new Float32Array(new ArrayBuffer(count * 4, { maxByteLength: most * 4 }));
const shrunk = (count) => {
  const array = resizable(count);
  const view = new Float32Array(array.buffer, 4, count - 1);
  array.buffer.resize(4);
  return view;
};
const shared = (...numbers) => {
  const array = new Float32Array(new SharedArrayBuffer(numbers.length * 4));
  array.set(numbers);
  return array;
};
const endless = (array) => Object.defineProperty(array, Symbol.iterator, { *value() { for (;;) yield 1; } });
const cyclic = () => {
  const array = [];
  array[0] = array;
  return array;
};
const frozen = (value) => Object.freeze(value);
const bare = (object) => Object.assign(Object.create(null), object);
const changing = (...values) => ({ get: () => (values.length > 1 ? values.shift() : values[0]), enumerable: true });
const own = (array, name, value) => Object.defineProperty(array, name, { value });
const LONG = 'n'.repeat(2 ** 22);
const HUGE = 2 ** 31 - 1;

const THEIRS = /^a getter$/;
const JAVASCRIPTS = /revoked|Invalid|detached|allocation|Cannot convert|private/;

const SPEC = {
  buffers: [{ name: 'a', size: [4], initialData: [1, 2, 3, 4] }, { name: 'b', size: [4] }, { name: 'v', size: [2], type: 'vec2' }],
  uniforms: { n: 1, list: [1, 2, 3], p: vec2(1, 2) },
};
const open = (backend, spec = SPEC) => new GPUInterface({ ...spec, options: { backend, ...spec.options } }).initialize();
const buffer = (more) => ({ buffers: [{ name: 'a', size: [2], ...more }] });

// What the constructor refuses.
const SPECS = {
  'a getter that throws': [getter({}, 'buffers'), THEIRS],
  'a proxy that throws': [proxy({}, 'get'), THEIRS],
  'a proxy without keys': [proxy({}, 'ownKeys'), THEIRS],
  'a proxy whose has throws': [proxy({}, 'has'), THEIRS],
  'a revoked proxy': [revoked({}), JAVASCRIPTS],
  'a symbol': [Symbol('spec'), /argument of GPUInterface must be an object .*, not Symbol/],
  'a bigint': [5n, /argument of GPUInterface must be an object .*, not 5/],
  'a typed array': [new Float32Array(2 ** 26), /argument of GPUInterface must be an object .*, not a Float32Array/],
  'buffers that cannot be had': [{ buffers: proxy([1], 'get') }, THEIRS],
  'a hole among the buffers': [{ buffers: [, { name: 'a', size: [1] }] }, /buffers\[0\] must be an object .*, not undefined/],
  'very many buffers that are none': [{ buffers: new Array(2 ** 32 - 1) }, /buffers\[0\] must be an object .*, not undefined/],
  'a buffer that is an array': [{ buffers: [[1]] }, /buffers\[0\] must be an object/],
  'a name that cannot be had': [{ buffers: [getter({ size: [1] }, 'name')] }, THEIRS],
  'a name that is a symbol': [buffer({ name: Symbol('a') }), /buffers\[0\]\.name must be a string, not Symbol/],
  'a name that is a String': [buffer({ name: new String('a') }), /buffers\[0\]\.name must be a string, not an object \(String\)/],
  'a name of 4 MB that is none': [buffer({ name: `${LONG} ` }), /^.{0,500}buffers\[0\]\.name cannot be "n{10,}.{0,400}$/],
  'a size that cannot be had': [buffer({ size: proxy([1], 'get') }), THEIRS],
  'a size with a hole': [buffer({ size: [, 2] }), /must hold positive integers, not undefined/],
  'a size of bigints': [buffer({ size: [2n] }), /must hold positive integers, not 2 \(a bigint\)/],
  'a size of -0': [buffer({ size: [-0] }), /must hold positive integers/],
  'a size of NaN': [buffer({ size: [NaN] }), /must hold positive integers/],
  'a size of numbers that are objects': [buffer({ size: [new Number(2)] }), /must hold positive integers/],
  'a size that is a typed array': [buffer({ size: new Uint32Array([2]) }), /array of one to three integers/],
  'a size that is very long': [buffer({ size: new Array(2 ** 32 - 1) }), /array of one to three integers/],
  'a size whose length lies': [buffer({ size: new Proxy([1], { get: (target, key) => (key === 'length' ? 2 ** 53 : target[key]) }) }), /one to three/],
  'a type that is a String': [buffer({ type: new String('i32') }), /must be the name of one/],
  'a type called like a method': [buffer({ type: 'toString' }), /cannot be "toString"/],
  'a type called __proto__': [buffer({ type: '__proto__' }), /cannot be "__proto__"/],
  'data that is itself': [buffer({ initialData: cyclic() }), /must hold numbers, booleans or vectors/],
  'data that is itself, with a type': [buffer({ type: 'number', initialData: cyclic() }), /initialData has 1 elements/],
  'data that cannot be had': [buffer({ initialData: getter([1, 2], 1) }), THEIRS],
  'data that is a proxy that throws': [buffer({ type: 'number', initialData: proxy([1, 2], 'get') }), THEIRS],
  'data with a hole': [buffer({ initialData: [1, , ] }), /initialData\[1\] must be a number.* not undefined/],
  'data that is sparse and very long': [buffer({ type: 'vec4', size: [HUGE], initialData: new Array(HUGE) }), /initialData\[0\] must be a vec4/],
  'data that is too short for a very large buffer': [buffer({ type: 'vec4', size: [1, HUGE], initialData: [[vec2(1)]] }), /initialData\[0\] has 1 elements/],
  'data with bigints': [buffer({ initialData: [1, 2n] }), /initialData\[1\] must be a number.* not 2 \(a bigint\)/],
  'data with symbols': [buffer({ initialData: [1, Symbol('x')] }), /initialData\[1\] must be a number.* not Symbol/],
  'data with numbers that are objects': [buffer({ initialData: [1, { valueOf: boom }] }), /initialData\[1\] must be a number/],
  'data of bigints': [buffer({ initialData: new BigInt64Array(2) }), /must hold numbers, booleans or vectors; no buffer holds bigints/],
  'data in a DataView': [buffer({ initialData: new DataView(new ArrayBuffer(8)) }), /must hold numbers/],
  'data in bytes that are no view': [buffer({ initialData: new ArrayBuffer(8) }), /must hold numbers/],
  'data whose memory is gone': [buffer({ initialData: detached(new Float32Array(2)) }), /initialData has 0 numbers.* transferred/],
  'data whose memory has shrunk': [buffer({ initialData: shrunk(3) }), /initialData has 0 numbers.* shrunk/],
  'a vector without its second half': [buffer({ initialData: [vec2(1), { type: 'vec2', x: 1 }] }), /initialData\[1\].*vec2.* y is undefined/],
  'a vector whose parts are objects': [buffer({ initialData: [{ type: 'vec2', x: 1, y: { valueOf: boom } }, vec2(1)] }), /initialData\[0\].* y is an object/],
  'a vector that grows': [
    buffer({ initialData: [vec2(1), Object.defineProperty({ x: 1, y: 2, z: 3, w: 4 }, 'type', changing('vec2', 'vec2', 'vec4'))] }), undefined,
  ],
  'a vector that throws': [buffer({ initialData: [vec2(1), getter({ type: 'vec2', x: 1 }, 'y')] }), THEIRS],
  'uniforms that throw': [{ uniforms: getter({}, 'n') }, THEIRS],
  'uniforms in a revoked proxy': [{ uniforms: revoked({}) }, JAVASCRIPTS],
  'a uniform that is a symbol': [{ uniforms: { n: Symbol('n') } }, /the uniform "n" must be a number.* not Symbol/],
  'a uniform that is a bigint': [{ uniforms: { n: 5n } }, /the uniform "n" must be a number.* not 5 \(a bigint\)/],
  'a uniform that is a Number': [{ uniforms: { n: new Number(5) } }, /the uniform "n" must be a number/],
  'a uniform that is itself': [{ uniforms: { n: cyclic() } }, /the uniform "n" must hold numbers/],
  'a uniform with a hole': [{ uniforms: { n: [1, , 3] } }, /the uniform "n" must hold numbers, but \[1\] is undefined/],
  'a uniform that is very long': [{ uniforms: { n: new Array(2 ** 32 - 1) } }, /the uniform "n" has 4294967295 numbers/],
  'a uniform whose length lies': [{ uniforms: { n: new Proxy([1], { get: (target, key) => (key === 'length' ? NaN : target[key]) }) } }, /the uniform "n"/],
  'a uniform whose memory is gone': [{ uniforms: { n: detached(new Float32Array(2)) } }, /the uniform "n" is an empty array/],
  'a uniform whose parts are objects': [{ uniforms: { n: { type: 'vec2', x: 1, y: { valueOf: boom } } } }, /the uniform "n".* y is an object/],
  'a uniform of a name that is none': [{ uniforms: { [`${LONG}-`]: 1 } }, /^.{0,500}the name of a uniform cannot be "n{10,}.{0,400}$/],
  'a canvas that cannot be had': [getter({}, 'canvas'), THEIRS],
  'a canvas of bigints': [{ canvas: { width: 2n, height: 2n } }, /width of the canvas must be a positive integer, not 2 \(a bigint\)/],
  'a canvas of NaN': [{ canvas: { width: NaN, height: 2 } }, /width of the canvas must be a positive integer/],
  'a canvas that is too large': [{ canvas: { width: HUGE, height: HUGE } }, /a canvas of 2147483647 x 2147483647/],
  'options that cannot be had': [{ options: getter({}, 'seed') }, THEIRS],
  'options that are a Map': [{ options: { backend: new Map() } }, /options\.backend must be/],
  'a seed that is a bigint': [{ options: { seed: 5n } }, /options\.seed must be a non-negative integer, not 5 \(a bigint\)/],
  'a seed of -1': [{ options: { seed: -1 } }, /options\.seed/],
  'a seed that is infinite': [{ options: { seed: Infinity } }, /options\.seed/],
};

// What methods refuse; `gpu` has the buffers of SPEC.
const CALLS = {
  'setUniforms: nothing': [(gpu) => gpu.setUniforms(), /the argument of setUniforms must be an object, not undefined/],
  'setUniforms: a symbol': [(gpu) => gpu.setUniforms(Symbol('n')), /the argument of setUniforms must be an object/],
  'setUniforms: a getter that throws': [(gpu) => gpu.setUniforms(getter({ n: 5 }, 'p')), THEIRS],
  'setUniforms: a proxy that throws': [(gpu) => gpu.setUniforms(proxy({ n: 5 }, 'ownKeys')), THEIRS],
  'setUniforms: a revoked proxy': [(gpu) => gpu.setUniforms(revoked({})), JAVASCRIPTS],
  'setUniforms: __proto__': [(gpu) => gpu.setUniforms({ ['__proto__']: 5 }), /no uniform "__proto__"/],
  'setUniforms: a method of objects': [(gpu) => gpu.setUniforms({ toString: 5, constructor: 5 }), /no uniform "toString"/],
  'setUniforms: a typed array': [(gpu) => gpu.setUniforms(new Float32Array(2 ** 26)), /the argument of setUniforms must be an object/],
  'setUniforms: a name of 4 MB': [(gpu) => gpu.setUniforms({ [LONG]: 1 }), /^.{0,100}no uniform "n{10,}.{0,400}$/],
  'setUniforms: a bigint': [(gpu) => gpu.setUniforms({ n: 1n }), /the uniform "n"/],
  'setUniforms: an array that throws': [(gpu) => gpu.setUniforms({ n: 5, list: getter([1, 2, 3], 2) }), THEIRS],
  'setUniforms: an array that is longer': [(gpu) => gpu.setUniforms({ list: new Array(2 ** 32 - 1) }), /the uniform "list" has 4294967295 numbers/],
  'setUniforms: memory that is gone': [(gpu) => gpu.setUniforms({ list: detached(new Float32Array(3)) }), /the uniform "list"/],
  'setUniforms: one that is right and one that is not': [(gpu) => gpu.setUniforms({ n: 50, p: 5 }), /the uniform "p"/],
  'writeBuffer: nothing': [(gpu) => gpu.writeBuffer(), /writeBuffer takes the name of a buffer, not undefined/],
  'writeBuffer: a symbol': [(gpu) => gpu.writeBuffer(Symbol('a'), []), /takes the name of a buffer, not Symbol/],
  'writeBuffer: a bigint': [(gpu) => gpu.writeBuffer(5n, []), /takes the name of a buffer, not 5/],
  'writeBuffer: a name that is an object': [(gpu) => gpu.writeBuffer({ toString: boom }, []), /takes the name of a buffer, not an object/],
  'writeBuffer: __proto__': [(gpu) => gpu.writeBuffer('__proto__', [1]), /no buffer "__proto__"/],
  'writeBuffer: a name of 4 MB': [(gpu) => gpu.writeBuffer(LONG, [1]), /^.{0,100}no buffer "n{10,}.{0,400}$/],
  'writeBuffer: a getter that throws': [(gpu) => gpu.writeBuffer('a', getter([9, 9, 9, 9], 3)), THEIRS],
  'writeBuffer: a proxy that throws': [(gpu) => gpu.writeBuffer('a', proxy([9, 9, 9, 9], 'get')), THEIRS],
  'writeBuffer: a revoked proxy': [(gpu) => gpu.writeBuffer('a', revoked([])), JAVASCRIPTS],
  'writeBuffer: a proxy of a typed array': [(gpu) => gpu.writeBuffer('a', new Proxy(new Float32Array(4), {})), /the data must be an array of 4/],
  'writeBuffer: holes': [(gpu) => gpu.writeBuffer('a', [9, , 9, 9]), /the data\[1\] must be a number/],
  'writeBuffer: very long': [(gpu) => gpu.writeBuffer('a', new Array(2 ** 32 - 1)), /the data has 4294967295 elements/],
  'writeBuffer: array-like': [(gpu) => gpu.writeBuffer('a', { length: 4, 0: 9, 1: 9, 2: 9, 3: 9 }), /the data must be an array of 4/],
  'writeBuffer: an iterator': [(gpu) => gpu.writeBuffer('a', [9, 9, 9, 9].values()), /the data must be an array of 4/],
  'writeBuffer: memory that is gone': [(gpu) => gpu.writeBuffer('a', detached(new Float32Array(4))), /the data has 0 numbers.* transferred/],
  'writeBuffer: memory that has shrunk': [(gpu) => gpu.writeBuffer('a', shrunk(5)), /the data has 0 numbers.* shrunk/],
  'writeBuffer: an array that claims a length': [(gpu) => gpu.writeBuffer('a', own(new Float32Array(2), 'length', 4)), /the data has 2 numbers/],
  'writeBuffer: a class that claims a length': [
    (gpu) => gpu.writeBuffer('a', new (class extends Float32Array { get length() { return 4; } })(2)), /the data has 2 numbers/,
  ],
  'writeBuffer: an object that claims to be an array': [
    (gpu) => gpu.writeBuffer('a', { [Symbol.toStringTag]: 'Float32Array', length: 4, __proto__: Float32Array.prototype }), /the data must be an array/,
  ],
  'writeBuffer: a vector whose parts throw': [(gpu) => gpu.writeBuffer('v', [vec2(1), getter({ type: 'vec2', x: 1 }, 'y')]), THEIRS],
  'writeBuffer: a getter that destroys': [
    (gpu) => gpu.writeBuffer('a', Object.defineProperty([9, 9, 9, 9], 3, { get: () => (gpu.destroy(), 9) })), /destroyed/, 'destroys',
  ],
  'setUniforms: a getter that destroys': [(gpu) => gpu.setUniforms({ get n() { return gpu.destroy(), 9; } }), /destroyed/, 'destroys'],
  'readBuffer: a getter that destroys': [(gpu) => gpu.readBuffer('a', { get start() { return gpu.destroy(), 0; } }), /destroyed/, 'destroys'],
  'createKernel: a text that destroys': [
    (gpu) => gpu.createKernel(Object.assign(() => {}, { toString: () => (gpu.destroy(), '(inputs) => {}') })), /destroyed/, 'destroys',
  ],
  'record: a call that destroys': [(gpu) => gpu.record(() => gpu.destroy()).replay(), /destroyed/, 'destroys'],
  'copyBuffer: symbols': [(gpu) => gpu.copyBuffer(Symbol('a'), 'b'), /takes the name of a buffer, not Symbol/],
  'copyBuffer: __proto__': [(gpu) => gpu.copyBuffer('a', '__proto__'), /no buffer "__proto__"/],
  'unmapBuffer: an object': [(gpu) => gpu.unmapBuffer({ toString: boom }), /takes the name of a buffer, not an object/],
  'readBuffer: a symbol': [(gpu) => gpu.readBuffer(Symbol('a')), /takes the name of a buffer, not Symbol/],
  'readBuffer: a getter that throws': [(gpu) => gpu.readBuffer('a', getter({}, 'start')), THEIRS],
  'readBuffer: a proxy that throws': [(gpu) => gpu.readBuffer('a', proxy({}, 'get')), THEIRS],
  'readBuffer: a revoked proxy': [(gpu) => gpu.readBuffer('a', revoked({})), JAVASCRIPTS],
  'readBuffer: null': [(gpu) => gpu.readBuffer('a', null), /options of readBuffer must be an object.* not null/],
  'readBuffer: an array in place of the options': [
    (gpu) => gpu.readBuffer('a', new Float32Array(2 ** 26)), /options of readBuffer must be an object.* not a Float32Array/,
  ],
  'readBuffer: bigints': [(gpu) => gpu.readBuffer('a', { start: 1n }), /elements 1 \(a bigint\) to 4/],
  'readBuffer: NaN': [(gpu) => gpu.readBuffer('a', { start: NaN }), /elements NaN to 4/],
  'readBuffer: infinite': [(gpu) => gpu.readBuffer('a', { end: Infinity }), /elements 0 to Infinity/],
  'readBuffer: huge': [(gpu) => gpu.readBuffer('a', { end: 2 ** 53 }), /elements 0 to 9007199254740992/],
  'readBuffer: 2^32 more than it should be': [(gpu) => gpu.readBuffer('a', { start: 2 ** 32, end: 2 ** 32 + 4 }), /elements 4294967296/],
  'readBuffer: a start that is an object': [(gpu) => gpu.readBuffer('a', { start: { valueOf: boom } }), /elements an object/],
  'readBuffer: into memory that is gone': [(gpu) => gpu.readBuffer('a', { into: detached(new Float32Array(4)) }), /into has 0 numbers/],
  'readBuffer: into a proxy': [(gpu) => gpu.readBuffer('a', { into: new Proxy(new Float32Array(4), {}) }), /into must be a Float32Array/],
  'readBuffer: into an array that claims a length': [
    (gpu) => gpu.readBuffer('a', { into: own(new Float32Array(2), 'length', 4) }), /into has 2 numbers/,
  ],
  'readBuffer: into memory that goes away': [(gpu) => {
    const into = new Float32Array(4);
    const read = gpu.readBuffer('a', { into });
    detached(into);
    return read;
  }, /into has 0 numbers|into .*transferred/],
  'readBuffer: into memory that shrinks': [(gpu) => {
    const into = resizable(4);
    const read = gpu.readBuffer('a', { into });
    into.buffer.resize(4);
    return read;
  }, /into has 1 numbers/],
  'record: nothing': [(gpu) => gpu.record(), /record takes a function/],
  'record: calls that throw': [(gpu) => gpu.record(boom), THEIRS],
  'record: calls that throw what is frozen': [(gpu) => gpu.record(() => { throw Object.freeze(new Error('a getter')); }), THEIRS],
  'record: a class': [(gpu) => gpu.record(class {}), /without 'new'/],
  'record: a getter that records': [
    (gpu) => gpu.record(() => gpu.writeBuffer('a', Object.defineProperty([9, 9, 9, 9], 0, { get: () => gpu.record(() => {}) }))), /record cannot be recorded/,
  ],
};

// What `run` and `replay` refuse.
const EXTENTS = [undefined, null, -0, 0, -1, NaN, Infinity, 1.5, 2 ** 53, 1n, Symbol('x'), '4', [4], new Number(4), { valueOf: boom }, true, proxy({}, 'get')];

async function stateOf(gpu) {
  const kernel = gpu.odd ??= await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.b[i] = inputs.uniforms.n + 10 * inputs.uniforms.list[i] + 100 * inputs.uniforms.p.y;
  });
  kernel.run(4);
  return [...(await gpu.readBuffer('a')), ...(await gpu.readBuffer('b')), ...(await gpu.readBuffer('v'))];
}

// What a call throws or rejects with.
async function failureOf(act) {
  try {
    await act();
  } catch (error) {
    return error;
  }
  return undefined;
}

const LONGEST = 1000;

// Makes the calls of a table; gives what went otherwise than it says.
async function tried(table, make) {
  const wrong = [];
  for (const [what, [subject, message, ...more]] of Object.entries(table)) {
    const start = performance.now();
    const error = await failureOf(() => make(subject, ...more));
    const time = performance.now() - start;
    const isRight = message === undefined || (error instanceof Error && message.test(error.message));
    if (!isRight || time > LONGEST) {
      wrong.push(`${what}: ${String(error?.message ?? error).slice(0, 300)} (${time.toFixed()} ms)`);
    }
  }
  return wrong;
}

test('odd arguments of the constructor', async () => {
  assert.deepEqual(await tried(SPECS, (spec) => void new GPUInterface(spec)), []);
});

for (const backend of BACKENDS) {
  test(`odd arguments of methods (${backend})`, async () => {
    const gpu = await open(backend);
    const before = await stateOf(gpu);
    const doomed = [];
    for (const [, , destroys] of Object.values(CALLS)) {
      doomed.push(...(destroys ? [await open(backend)] : []));
    }
    const wrong = await tried(CALLS, (call, destroys) => call(destroys ? doomed.pop() : gpu));
    assert.deepEqual(wrong, []);
    for (const extent of EXTENTS) {
      const run = (...extents) => assert.throws(() => gpu.odd.run(...extents), /run takes positive integers, but [xyz] is|run\(.*\) is more than/);
      run(extent);
      if (extent !== undefined) {
        run(1, extent);
        run(1, 1, extent);
        assert.throws(() => gpu.record(() => {}).replay(extent), /replay takes how many times/);
      }
    }
    assert.deepEqual(await stateOf(gpu), before);
  });

  test(`odd arguments that are right (${backend})`, async () => {
    const sizes = Object.defineProperty([0], 0, changing(4, 400, 4000));
    const gpu = await open(backend, bare({
      buffers: frozen([
        frozen({ name: 'a', size: sizes, initialData: new Proxy([1, 2, 3, 4], {}) }),
        bare({ name: '__proto__', size: [4], initialData: endless([1, 2, 3, 4]) }),
        { name: 'constructor', size: [4], initialData: resizable(4) },
        { name: 'b', size: [4], [Symbol('note')]: 5 },
        new (class { get name() { return 'v'; } get size() { return [2]; } get type() { return 'vec2'; } })(),
        { name: LONG, size: [1] },
      ]),
      uniforms: bare({ ['__proto__']: 5, toString: 6, hasOwnProperty: [7], n: -0, list: endless([1, 2, 3]), p: frozen(vec2(1, 2)) }),
    }));
    const kernel = await gpu.createKernel((inputs) => {
      const i = inputs.threadId.x;
      const five = inputs.uniforms.__proto__ + inputs.uniforms.toString + inputs.uniforms.hasOwnProperty[0] + inputs.buffers.constructor[0];
      inputs.buffers.b[i] = inputs.buffers.__proto__[i] + five + 1 / inputs.uniforms.n;
    });
    kernel.run(4);
    assert.deepEqual([...(await gpu.readBuffer('b'))], [-Infinity, -Infinity, -Infinity, -Infinity]);
    gpu.setUniforms({ n: 1, ['__proto__']: -5, toString: -6 });
    kernel.run(4);
    assert.deepEqual([...(await gpu.readBuffer('b'))], [-2, -1, 0, 1]);
    assert.deepEqual([...(await gpu.readBuffer('__proto__'))], [1, 2, 3, 4]);

    const other = runInNewContext('({ array: new Float32Array([1, 2, 3, 4]), nested: [5, 6, 7, 8] })');
    const tracking = resizable(4);
    tracking.set([9, 8, 7, 6]);
    class Mine extends Float32Array {
      static get [Symbol.species]() { return boom(); }
      get buffer() { return boom(); }
      get byteLength() { return boom(); }
      set() { boom(); }
      map() { return boom(); }
    }
    const writes = [
      ['another realm', other.array, [1, 2, 3, 4]], ['arrays of another realm', other.nested, [5, 6, 7, 8]],
      ['memory that can grow', tracking, [9, 8, 7, 6]], ['shared memory', shared(4, 3, 2, 1), [4, 3, 2, 1]],
      ['an array with methods of its own', new Mine([3, 1, 4, 1]), [3, 1, 4, 1]], ['doubles with methods of their own', own(new Float64Array([1, 5, 9, 2]), 'map', boom), [1, 5, 9, 2]],
      ['frozen', frozen([2, 7, 1, 8]), [2, 7, 1, 8]], ['a proxy', new Proxy([1, 6, 1, 8], {}), [1, 6, 1, 8]], ['odd numbers', [-0, NaN, Infinity, 1e300], [-0, NaN, Infinity, Infinity]],
      ['an endless iterator', endless([1, 4, 1, 4]), [1, 4, 1, 4]], ['a subarray', new Float32Array([0, 1, 2, 3, 4, 5]).subarray(1, 5), [1, 2, 3, 4]],
      ['a buffer of Node', new Float32Array(Buffer.from(new Float32Array([1, 1, 2, 3]).buffer).buffer), [1, 1, 2, 3]],
    ];
    for (const [what, data, expected] of writes) {
      gpu.writeBuffer('a', data);
      assert.deepEqual([...(await gpu.readBuffer('a'))], expected, what);
      const into = new Mine(4);
      assert.equal(await gpu.readBuffer('a', bare({ into })), into);
      assert.deepEqual(Array.from({ length: 4 }, (_, index) => into[index]), expected, what);
    }
    const into = shared(0, 0, 0, 0);
    await gpu.readBuffer('a', { into, start: -0 });
    assert.deepEqual([...into], [1, 1, 2, 3]);
  });

  test(`data in shared memory are those of the call (${backend})`, async () => {
    const size = 2 ** 16;
    const data = new Float32Array(new SharedArrayBuffer(size * 4));
    const worker = new Worker(`
      const { workerData } = require('node:worker_threads');
      const words = new Int32Array(workerData);
      for (let round = 1; Atomics.load(words, 0) !== -1; round = (round + 1) % 1000) words.fill(round, 1);`, { eval: true, workerData: data.buffer });
    try {
      const gpu = await open(backend, { buffers: [{ name: 'a', size: [size], initialData: data }] });
      for (let round = 0; round < 20; round++) {
        gpu.writeBuffer('a', data);
        const first = await gpu.readBuffer('a');
        assert.deepEqual(await gpu.readBuffer('a'), first);
      }
    } finally {
      new Int32Array(data.buffer)[0] = -1;
      await worker.terminate();
    }
  });
}

test('keys that nobody knows', async () => {
  const refused = [
    [{ bufers: [] }, /argument of GPUInterface has no "bufers"; did you mean "buffers"/],
    [{ uniform: {} }, /has no "uniform"; did you mean "uniforms"/],
    [{ useCpu: true }, /argument of GPUInterface has no "useCpu"; the keys are buffers, uniforms, canvas, context, device, options/],
    [buffer({ initialdata: [1, 2] }), /buffers\[0\] has no "initialdata"; did you mean "initialData"/],
    [buffer({ dtype: 'i32' }), /buffers\[0\] has no "dtype"; did you mean "type"/],
    [buffer({ initialdata: undefined }), /"initialdata"/],
    [{ options: { usecpu: true } }, /options has no "usecpu"; did you mean "useCpu"/],
    [{ options: { [LONG]: true } }, /options has no "n{10,}.{0,200}$/],
  ];
  for (const [spec, message] of refused) {
    assert.throws(() => new GPUInterface(spec), message);
  }
  const gpu = await open('cpu', { ...SPEC, canvas: createCanvas(1, 1) });
  await assert.rejects(gpu.readBuffer('a', { star: 1 }), /the options of readBuffer has no "star"; did you mean "start"/);
  await assert.rejects(gpu.readBuffer('a', { length: 1 }), /has no "length"; the keys are start, end, into/);
  await assert.rejects(gpu.createKernel((inputs) => { inputs; }, { name: 'x' }), /the second argument of createKernel has no "name"; the keys are constants/);
  const kernel = await gpu.createKernel((inputs) => { inputs.threadId; });
  assert.throws(() => kernel.run(1, 1, 1, 1), /run takes up to three extents, not 4/);
});
