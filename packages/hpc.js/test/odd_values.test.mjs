// Every odd value at every place of every public call: it counts as what JavaScript would make of it, or the call fails at once with an error
// and has done nothing. What each error says is in odd_arguments.test.mjs.

import assert from 'node:assert/strict';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { array, createCanvas, dim, GPUInterface, vec2, vec2i, vec3, vec4u } from '../esm/index.js';
import { detached, revoked } from './odd.mjs';

const BACKENDS = ['gpu', 'cpu', 'debug'];
const LONGEST = 500;

const boom = () => { throw new Error('a trap'); };
const traps = new Proxy({}, { get: () => boom });
const cyclic = [];
cyclic.push(cyclic);

const VALUES = {
  'undefined': undefined, 'null': null, 'true': true, '0': 0, '-0': -0, '1.5': 1.5, '-1': -1, 'NaN': NaN, 'Infinity': Infinity, '2^31': 2 ** 31,
  '2^32': 2 ** 32, '2^53': 2 ** 53, '1e308': 1e308, 'a bigint': 5n, 'an empty text': '', 'a text': 'a', 'a text of digits': '1', 'a NUL': '\0',
  'half a character': '\ud800', 'a long text': 'n'.repeat(2 ** 20), '__proto__': '__proto__', 'constructor': 'constructor', 'a symbol': Symbol('s'),
  'a function': () => {}, 'a class': class {}, 'an async function': async () => {}, 'an empty array': [], 'an array with a hole': [, 1], 'an array that is very long': new Array(2 ** 32 - 1),
  'an array in itself': cyclic, 'nested arrays': [[[[1]]]], 'an object': {}, 'an object without a prototype': Object.create(null), 'a frozen object': Object.freeze({}),
  'a Date': new Date(0), 'a Map': new Map([['a', 1]]), 'a Number': new Number(1), 'a String': new String('a'), 'a regular expression': /a/, 'an error': new Error('e'),
  'a promise': Promise.resolve([]), 'a promise of others': { get then() { return boom(); } }, 'an iterator': [1].values(), 'the global object': globalThis, 'Math': Math,
  'a primitive that throws': { [Symbol.toPrimitive]: boom, toString: boom, valueOf: boom }, 'a tag that throws': { get [Symbol.toStringTag]() { return boom(); } },
  'a proxy that throws': new Proxy({}, traps), 'a proxy of an array that throws': new Proxy([], traps), 'a proxy of a function that throws': new Proxy(() => {}, traps),
  'a revoked proxy': revoked({}), 'a revoked proxy of an array': revoked([]), 'a revoked proxy of a function': revoked(() => {}), 'a proxy of a typed array': new Proxy(new Float32Array(4), {}),
  'singles': new Float32Array(4), 'no singles': new Float32Array(0), 'many singles': new Float32Array(2 ** 20), 'bytes': new Uint8Array(4), 'bigints': new BigInt64Array(4), 'bytes of Node': Buffer.alloc(4),
  'singles that are gone': detached(new Float32Array(4)), 'singles that grow': new Float32Array(new ArrayBuffer(16, { maxByteLength: 32 })), 'shared singles': new Float32Array(new SharedArrayBuffer(16)),
  'a view': new DataView(new ArrayBuffer(16)), 'memory': new ArrayBuffer(16), 'shared memory': new SharedArrayBuffer(16),
  'a vector': vec2(1, 2), 'a vector of integers': vec2i(1, 2), 'a vector without components': { type: 'vec2', x: 1 }, 'a vector that throws': { type: 'vec2', x: 1, get y() { return boom(); } },
  'an object that is a type': { type: { toString: boom } }, 'an array of another realm': runInNewContext('[1, 2, 3, 4]'), 'an object of another realm': runInNewContext('({ a: 1 })'),
  'an error of another realm': runInNewContext('new TypeError("e")'),
};

const spec = (more) => new GPUInterface({ buffers: [{ name: 'a', size: [4] }], ...more });
const buffer = (more) => spec({ buffers: [{ name: 'a', size: [4], ...more }] });
const option = (name) => (value) => spec({ options: { [name]: value } });

// Calls that need no device.
const CONSTRUCTING = {
  'GPUInterface(_)': (value) => new GPUInterface(value),
  'buffers: _': (buffers) => spec({ buffers }), 'buffers: [_]': (value) => spec({ buffers: [value] }),
  'name: _': (name) => buffer({ name }), 'size: _': (size) => buffer({ size }), 'size: [_]': (value) => buffer({ size: [value] }), 'size: [1, _]': (value) => buffer({ size: [1, value] }),
  'type: _': (type) => buffer({ type }), 'initialData: _': (initialData) => buffer({ initialData }), 'initialData: [_, …]': (value) => buffer({ initialData: [value, value, value, value] }),
  'vectors: [_, …]': (value) => buffer({ type: 'vec2', initialData: [value, value, value, value] }), 'halves: _': (initialData) => buffer({ type: 'f16', initialData }),
  'booleans: _': (initialData) => buffer({ type: 'boolean', initialData }),
  'uniforms: _': (uniforms) => spec({ uniforms }), 'a uniform: _': (u) => spec({ uniforms: { u } }), 'a uniform: [_]': (value) => spec({ uniforms: { u: [value] } }),
  'canvas: _': (canvas) => spec({ canvas }), 'width: _': (width) => spec({ canvas: { width, height: 1 } }), 'height: _': (height) => spec({ canvas: { width: 1, height } }),
  'options: _': (options) => spec({ options }),
  ...Object.fromEntries(['useCpu', 'numRandSeeds', 'backend', 'seed', 'adapter', 'tuned', 'loopLimit', 'slice', 'recover', 'onRecover', 'onReport'].map((name) => [`${name}: _`, option(name)])),
  'createCanvas(_, 1)': (value) => createCanvas(value, 1), 'createCanvas(1, _)': (value) => createCanvas(1, value),
  'vec2(_)': (value) => vec2(value), 'vec3(1, _)': (value) => vec3(1, value), 'vec4u(_, _)': (value) => vec4u(value, value), 'plus(_)': (value) => vec2(1, 2).plus(value), 'times(_)': (value) => vec2i(1, 2).times(value),
  'equals(_)': (value) => vec2(1, 2).equals(value), 'array(_)': (value) => array(value, value), 'dim(_)': (value) => dim(value),
};

// Calls on an interface, where `run` and `list` are.
const CALLING = {
  'createKernel(_)': ({ gpu }, value) => gpu.createKernel(value), 'a text: _': ({ gpu }, value) => gpu.createKernel(Object.assign(() => {}, { toString: () => value })),
  'a name: _': ({ gpu }, value) => gpu.createKernel(Object.defineProperty((inputs) => { inputs.buffers.b[0] = 0; }, 'name', { value })),
  'run(_)': ({ run }, value) => run(value), 'run(1, _)': ({ run }, value) => run(1, value), 'run(1, 1, _)': ({ run }, value) => run(1, 1, value), 'run(1, 1, 1, _)': ({ run }, value) => run(1, 1, 1, value),
  'setUniforms(_)': ({ gpu }, value) => gpu.setUniforms(value), 'setUniforms({ n: _ })': ({ gpu }, n) => gpu.setUniforms({ n }), 'setUniforms({ list: _ })': ({ gpu }, list) => gpu.setUniforms({ n: 9, list }),
  'setUniforms({ p: _ })': ({ gpu }, p) => gpu.setUniforms({ n: 9, p }), 'setUniforms({ list: [_, …] })': ({ gpu }, value) => gpu.setUniforms({ list: [1, value, 3] }),
  'writeBuffer(_, …)': ({ gpu }, value) => gpu.writeBuffer(value, [9, 9, 9, 9]), 'writeBuffer(a, _)': ({ gpu }, value) => gpu.writeBuffer('a', value),
  'writeBuffer(a, [_, …])': ({ gpu }, value) => gpu.writeBuffer('a', [9, value, 9, 9]), 'writeBuffer(v, [_, …])': ({ gpu }, value) => gpu.writeBuffer('v', [value, value]),
  'copyBuffer(_, b)': ({ gpu }, value) => gpu.copyBuffer(value, 'b'), 'copyBuffer(a, _)': ({ gpu }, value) => gpu.copyBuffer('b', value), 'unmapBuffer(_)': ({ gpu }, value) => gpu.unmapBuffer(value),
  'readBuffer(_)': ({ gpu }, value) => gpu.readBuffer(value), 'readBuffer(a, _)': ({ gpu }, value) => gpu.readBuffer('a', value), 'start: _': ({ gpu }, start) => gpu.readBuffer('a', { start }),
  'end: _': ({ gpu }, end) => gpu.readBuffer('a', { end }), 'into: _': ({ gpu }, into) => gpu.readBuffer('a', { into }),
  'record(_)': ({ gpu }, value) => gpu.record(value), 'record(() => write(_))': ({ gpu }, value) => gpu.record(() => gpu.writeBuffer('a', value)).replay(), 'record(() => _)': ({ gpu }, value) => gpu.record(() => value),
  'replay(_)': ({ list }, value) => list.replay(value),
};

// Makes a call; gives what it threw or rejected with, and complains if that took long or is no error.
async function tried(call) {
  const start = performance.now();
  let failure;
  try {
    await call();
  } catch (error) {
    failure = error instanceof Error ? { error } : { wrong: `threw ${typeof error}` };
  }
  const time = performance.now() - start;
  return { ...failure, ...(time > LONGEST && { wrong: `took ${time.toFixed()} ms` }) };
}

// An error says what it is about: it is ours, or comes from a trap above, or is what JavaScript says itself.
function isMeant({ code, message, constructor }) {
  return code !== undefined ? code === 'Refused' || /^HPC\d{4}$/.test(code) : message === 'a trap' || constructor === TypeError;
}

test('every odd value at every place of what needs no device', async () => {
  const wrongs = [];
  for (const [place, call] of Object.entries(CONSTRUCTING)) {
    for (const [what, value] of Object.entries(VALUES)) {
      const { wrong, error } = await tried(() => void call(value));
      if (wrong || (error && !isMeant(error) && !/is for kernels/.test(error.message))) {
        wrongs.push(`${place}, ${what}: ${wrong ?? error.stack.slice(0, 300)}`);
      }
    }
  }
  console.log(`${Object.keys(CONSTRUCTING).length * Object.keys(VALUES).length} calls`);
  assert.equal(wrongs.join('\n'), '');
});

for (const backend of BACKENDS) {
  test(`every odd value at every place of a call (${backend})`, async () => {
    const gpu = await new GPUInterface({
      buffers: [{ name: 'a', size: [4] }, { name: 'b', size: [4] }, { name: 'v', size: [2], type: 'vec2' }],
      uniforms: { n: 0, list: [1, 2, 3], p: vec2(0, 0) },
      options: { backend, onReport() {} },
    }).initialize();
    const { run } = await gpu.createKernel((inputs) => {
      const i = inputs.threadId.x;
      inputs.buffers.b[i] = inputs.uniforms.n + inputs.uniforms.list[i] + inputs.uniforms.p.x;
    });
    const list = gpu.record(() => gpu.copyBuffer('a', 'a'));
    const restore = () => {
      gpu.setUniforms({ n: 0, list: [1, 2, 3], p: vec2(0, 0) });
      gpu.writeBuffer('a', [1, 2, 3, 4]);
      gpu.writeBuffer('v', [vec2(5), vec2(6)]);
    };
    const state = async () => {
      run(4);
      return (await Promise.all(['a', 'b', 'v'].map((name) => gpu.readBuffer(name)))).map((read) => read.join()).join(' ');
    };
    restore();
    const before = await state();
    const wrongs = [];
    for (const [place, call] of Object.entries(CALLING)) {
      for (const [what, value] of Object.entries(VALUES)) {
        const { wrong, error } = await tried(() => call({ gpu, run, list }, value));
        if (wrong || (error && !isMeant(error))) {
          wrongs.push(`${place}, ${what}: ${wrong ?? error.stack.slice(0, 300)}`);
        } else if (!error) {
          // It was right, and may have changed something.
          restore();
        } else if ((await state()) !== before) {
          wrongs.push(`${place}, ${what}: something has changed`);
          restore();
        }
      }
    }
    console.log(`${Object.keys(CALLING).length * Object.keys(VALUES).length} calls`);
    assert.equal(wrongs.join('\n'), '');
  });
}
