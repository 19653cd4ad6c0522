// How values cross to Rust and back: contents of buffers as bytes, uniforms as their names, types and numbers.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setupOf, wrap } from '../esm/binding.js';
import { bytesOf, contentsOf } from '../esm/bytes.js';
import { describeInterface } from '../esm/description.js';
import { ELEMENT_NAMES, arrayClassOf, slotsOf } from '../esm/elements.js';
import { vec2, vec3i, vec4u } from '../esm/index.js';
import { describeUniform } from '../esm/uniforms.js';

const Halves = globalThis.Float16Array ?? Float32Array;

test('bytes of one element of each type', () => {
  const sizes = ELEMENT_NAMES.map((type) => bytesOf(new (arrayClassOf(type))(slotsOf(type)), type).length);
  assert.deepEqual(sizes, [4, 4, 4, 2, 2, 1, 1, 1, 2, 8, 1, 8, 16, 16, 8, 16, 16, 8, 16, 16]);
});

test('contents and their bytes are one memory', () => {
  const contents = new Int16Array(new ArrayBuffer(12), 2, 4);
  contents.set([1, -2, 3, 4]);
  const bytes = bytesOf(contents, 'i16');
  assert.deepEqual([...bytes], [1, 0, 254, 255, 3, 0, 4, 0]);
  const back = contentsOf(bytes, 'i16');
  assert.deepEqual(back, contents);
  assert.ok(bytes.buffer === contents.buffer && back.buffer === contents.buffer);
  for (const type of ELEMENT_NAMES.filter((type) => type !== 'f16')) {
    const arrayClass = arrayClassOf(type);
    const contents = new arrayClass(slotsOf(type)).fill(1);
    const back = contentsOf(bytesOf(contents, type), type);
    assert.ok(back instanceof arrayClass && back.buffer === contents.buffer);
  }
});

test('halves cross as their 16 bits', () => {
  const contents = new Halves([1, -2, 0.5, 65504, Infinity]);
  const bytes = bytesOf(contents, 'f16');
  assert.deepEqual([...bytes], [0, 0x3c, 0, 0xc0, 0, 0x38, 0xff, 0x7b, 0, 0x7c]);
  assert.deepEqual(contentsOf(bytes, 'f16'), contents);
});

const DESCRIPTION = describeInterface({
  buffers: [
    { name: 'counts', size: [2], initialData: new Uint16Array([1, 258]) },
    { name: 'halves', size: [2], type: 'f16', initialData: [1, 2] },
    { name: 'flags', size: [2, 1], type: 'boolean' },
  ],
  uniforms: {
    n: 16777217, on: true, place: vec2(0.1, 2), cell: vec3i(1, 2, -3), color: vec4u(1, 2, 3, -1), list: [0.5, 2], singles: new Float32Array([0.5]),
    bytes: new Uint8Array([1, 255]),
  },
});

test('what an interface is made of', () => {
  const { buffers, uniforms } = setupOf(DESCRIPTION, undefined, 'cpu');
  assert.deepEqual(buffers, [
    { name: 'counts', element: 'u16', size: [2], data: new Uint8Array([1, 0, 2, 1]) },
    { name: 'halves', element: 'f16', size: [2], data: new Uint8Array([0, 0x3c, 0, 0x40]) },
    { name: 'flags', element: 'boolean', size: [2, 1] },
  ]);
  assert.deepEqual(uniforms, [
    { name: 'n', type: 'number', numbers: [16777217] },
    { name: 'on', type: 'boolean', numbers: [1] },
    { name: 'place', type: 'vec2', numbers: [0.1, 2] },
    { name: 'cell', type: 'vec3i', numbers: [1, 2, -3] },
    { name: 'color', type: 'vec4u', numbers: [1, 2, 3, 4294967295] },
    { name: 'list', type: 'number[]', numbers: [0.5, 2] },
    { name: 'singles', type: 'f32[]', numbers: [0.5] },
    { name: 'bytes', type: 'u8[]', numbers: [1, 255] },
  ]);
});

test('the types of uniforms that are typed arrays', () => {
  const arrays = [Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array, Float64Array];
  const types = arrays.map((array) => describeUniform('u', new array(1)).type);
  assert.deepEqual(types, ['f32[]', 'i32[]', 'u32[]', 'i16[]', 'u16[]', 'i8[]', 'u8[]', 'f64[]']);
});

test('calls of a session', async () => {
  const calls = [];
  const native = {
    writeBuffer: (...parts) => void calls.push(parts) ?? null,
    setUniforms: (values) => void calls.push(values) ?? null,
    readBuffer: async (name) => (name === 'counts' ? new Uint8Array([1, 0, 2, 1]) : new Uint8Array([0, 0x3c, 0, 0x40])),
  };
  const session = wrap(native, DESCRIPTION);
  const counts = new Uint16Array([3, 4]);
  session.writeBuffer('counts', counts);
  session.writeBuffer('halves', new Halves([0.5, 1]));
  session.writeBuffer('counts', counts, 2);
  session.setUniforms([describeUniform('list', [3, 4])]);
  assert.deepEqual(calls, [
    ['counts', new Uint8Array([3, 0, 4, 0]), undefined], ['halves', new Uint8Array([0, 0x38, 0, 0x3c]), undefined],
    ['counts', new Uint8Array([3, 0, 4, 0]), 2], [{ name: 'list', type: 'number[]', numbers: [3, 4] }],
  ]);
  assert.equal(calls[0][1].buffer, counts.buffer);
  assert.deepEqual(await session.readBuffer('counts', { start: 0, end: 2 }), new Uint16Array([1, 258]));
  assert.deepEqual(await session.readBuffer('halves', { start: 0, end: 2 }), new Halves([1, 2]));
});
