// Buffers of objects in Node: what is given and read, and every mistake in it. What kernels do with them is in tests/conformance/objects/.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface, vec2, vec3 } from '../esm/index.js';

const BACKENDS = ['gpu', 'cpu', 'debug'];
const TYPE = { position: 'vec2', age: 'i32', alive: 'boolean', body: { mass: 'f64', axes: ['vec3', 2] } };

const particle = (i) => ({
  position: vec2(i, -i), age: i, alive: i % 2 === 1, body: { mass: i / 10, axes: [vec3(i, 0, 1), vec3(0, i, 2)] },
});
const particles = (count) => Array.from({ length: count }, (_, i) => particle(i));

async function open(backend, ...buffers) {
  return new GPUInterface({ buffers, options: { backend } }).initialize();
}

for (const backend of BACKENDS) {
  test(`objects are read as they were written on the ${backend} backend`, async () => {
    const gpu = await open(
      backend,
      { name: 'p', size: [4], type: TYPE, initialData: particles(4) },
      { name: 'q', size: [2, 2], type: TYPE },
      { name: 'r', size: [4], initialData: [1, 2, 3, 4].map((a) => ({ a, weights: new Int16Array([a, -a]), tags: [true, false] })) },
    );
    assert.deepEqual(await gpu.readBuffer('p', { objects: true }), particles(4));
    assert.deepEqual(await gpu.readBuffer('p', { objects: true, start: 1, end: 3 }), particles(3).slice(1));
    const rows = [particles(2), particles(2)];
    gpu.writeBuffer('q', rows);
    assert.deepEqual(await gpu.readBuffer('q', { objects: true }), rows);
    const columns = await gpu.readBuffer('p', { start: 2 });
    assert.deepEqual(columns.age, new Int32Array([2, 3]));
    assert.deepEqual(columns.body.mass, new Float64Array([0.2, 0.3]));
    assert.deepEqual(columns.body.axes, new Float32Array([2, 0, 1, 0, 0, 2, 2, 0, 3, 0, 1, 0, 0, 3, 2, 0]));
    const read = await gpu.readBuffer('r', { objects: true });
    assert.deepEqual(read[2], { a: 3, weights: [3, -3], tags: [true, false] });
    gpu.writeBuffer('r', await gpu.readBuffer('r'));
    gpu.writeBuffer('r', read);
    assert.deepEqual(await gpu.readBuffer('r', { objects: true }), read);
    gpu.writeBuffer('p.body.mass', [9, 8, 7, 6]);
    assert.deepEqual(await gpu.readBuffer('p.body.mass', { start: 1, end: 3 }), new Float64Array([8, 7]));
    gpu.destroy();
  });

  test(`lists of calls keep objects on the ${backend} backend`, async () => {
    const gpu = await open(backend, { name: 'p', size: [2], type: { a: 'i32', b: 'vec2' } }, { name: 'q', size: [2], type: { b: 'vec2', a: 'i32' } });
    const grow = await gpu.createKernel(({ buffers, threadId }) => {
      buffers.p[threadId.x].a += 1;
      buffers.p[threadId.x].b.y += buffers.p[threadId.x].a;
    });
    const data = [{ a: 1, b: vec2(0, 0) }, { a: 5, b: vec2(1, 1) }];
    const list = gpu.record(() => {
      gpu.writeBuffer('p', data);
      grow.run(2);
      gpu.copyBuffer('p', 'q');
    });
    data[0].a = 100;
    list.replay(2);
    assert.deepEqual(await gpu.readBuffer('q', { objects: true }), [{ b: vec2(0, 2), a: 2 }, { b: vec2(1, 7), a: 6 }]);
    gpu.destroy();
  });
}

const refused = (spec, message) => () => assert.throws(() => new GPUInterface({ buffers: [{ name: 'p', size: [2], ...spec }] }), message);

test('types that are none', () => {
  refused({ type: { a: 'vec5' } }, /the type of "p\.a" cannot be "vec5"; did you mean "vec2"\?/)();
  refused({ type: {} }, /the type of "p" has no fields/)();
  refused({ type: { a: {} } }, /the type of "p\.a" has no fields/)();
  refused({ type: { a: 3 } }, /the type of "p\.a" must be the name of one, an object of them, or \[type, length\], not 3/)();
  refused({ type: { a: ['vec2'] } }, /write \[type, length\]/)();
  refused({ type: { a: ['vec2', 0] } }, /write \[type, length\]/)();
  refused({ type: { a: [[['u8', 2], 2], 2] } }, /"p\.a" would have 4 extents/)();
  refused({ type: { 'a b': 'u8' } }, /a field in the type of "p" cannot be "a b"/)();
  refused({ type: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, 'u8'])) }, /more than 64 fields/)();
  const cyclic = {};
  cyclic.inner = cyclic;
  refused({ type: cyclic }, /nests more than 16 objects/)();
  refused({ size: [2 ** 30], type: { a: ['u8', 4] } }, /more than 2147483647 elements/)();
  refused({ initialData: { a: [1, 2] } }, /has columns: say what they hold by a type/)();
  const nested = {};
  nested.inner = nested;
  refused({ initialData: [nested, nested] }, /nested more than 16 levels deep/)();
});

test('objects that do not fit', async () => {
  const gpu = await open('noop', { name: 'p', size: [2], type: TYPE }, { name: 'q', size: [2], type: { a: 'i32' } });
  const write = (change, message) => assert.throws(() => {
    const objects = particles(2);
    change(objects);
    gpu.writeBuffer('p', objects);
  }, message);
  write((objects) => delete objects[1].age, /the data\[1\] has no age, of type number/);
  write((objects) => (objects[1].agee = 3), /the data\[1\] has a field "agee", which its type has not; did you mean "age"\?/);
  write((objects) => (objects[0].position = 3), /the data\[0\]\.position must be a vec2, the type of the field "p\.position", not 3/);
  write((objects) => (objects[0].body.axes = [vec3(1)]), /the data\[0\]\.body\.axes has 1 elements/);
  write((objects) => (objects[0].body.axes[1] = vec2(1)), /the data\[0\]\.body\.axes\[1\] must be a vec3/);
  write((objects) => (objects[0].body = 3), /the data\[0\]\.body must be an object \{ mass, axes \}, not 3/);
  write((objects) => objects.pop(), /the data has 1 elements, but the size \[2\] of "p" wants 2/);
  write((objects) => (objects[1] = null), /the data\[1\] must be an object \{ position, age, alive, body \}, not null/);
  assert.throws(() => gpu.writeBuffer('p', { position: [] }), /has no age/);
  assert.throws(() => gpu.writeBuffer('p', 3), /the data must be an array of 2/);
  assert.throws(() => gpu.copyBuffer('p', 'q'), /cannot copy "p" to "q": give both the same size and fields of the same types/);
  assert.throws(() => gpu.copyBuffer('p', 'p.age'), /cannot copy "p" to "p.age"/);
  assert.throws(() => gpu.writeBuffer('p.agee', [1, 2]), /there is no buffer "p\.agee"; did you mean "p\.age"\?/);
  await assert.rejects(gpu.readBuffer('p', { into: new Float32Array(2) }), /"p" holds objects, which are read into no array: read a field, such as "p\.position"/);
  await assert.rejects(gpu.readBuffer('p', { objects: 1 }), /the option objects must be a boolean/);
  await assert.rejects(gpu.readBuffer('p', { start: 2 }), /cannot read the elements 2 to 2 of the buffer "p"/);
  await assert.rejects(gpu.readBuffer('q.a', { objects: true }), /has no "objects"/);
  gpu.destroy();
});
