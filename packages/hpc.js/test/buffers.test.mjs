// Buffers that come and go, change their sizes, and are written and copied in parts, on every backend.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUInterface } from '../esm/index.js';
import { comeAndGo, keep, parts, resize, thousand } from './buffer_programs.mjs';
import { EXPECTED, expectedKept } from './buffer_results.mjs';

function onEach(title, body) {
  for (const backend of ['gpu', 'cpu', 'debug']) {
    test(`${title} (${backend})`, () => body(backend));
  }
}

onEach('kernels see the size of their place in the queue', async (backend) => {
  assert.deepEqual(await resize(backend), EXPECTED.resize);
});

onEach('what both sizes have is kept, and the rest is zero', async (backend) => {
  for (const [type, from, to, seen] of await keep(backend)) {
    assert.deepEqual(seen, expectedKept(type, from, to), `${type} [${from}] to [${to}]`);
  }
});

onEach('buffers come and go, and kernels go on with others of their names', async (backend) => {
  assert.deepEqual(await comeAndGo(backend), EXPECTED.comeAndGo);
});

onEach('parts are written and copied', async (backend) => {
  assert.deepEqual(await parts(backend), EXPECTED.parts);
});

onEach('a thousand sizes leave little behind', async (backend) => {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  assert.deepEqual(await thousand(backend), [42, 0]);
  globalThis.gc?.();
  // All sizes together are some 400 MiB.
  const mib = (process.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(mib < 250, `${mib} MiB`);
});

onEach('mistakes are named and change nothing', async (backend) => {
  const buffers = [
    { name: 'fixed', size: [4], initialData: [1, 2, 3, 4] }, { name: 'small', size: [7], type: 'u8' },
    { name: 'things', size: [2], type: { n: 'i32', at: 'vec2' }, resizable: true },
  ];
  assert.throws(() => new GPUInterface({ buffers }).createBuffer({ name: 'a', size: [2] }), /not initialized/);
  const gpu = await new GPUInterface({ buffers, options: { backend } }).initialize();
  gpu.createBuffer({ name: 'a', size: [2, 2] });
  const refusals = [
    [() => gpu.createBuffer({ name: 'a', size: [3] }), /two buffers are called "a"; rename one, or destroy the other first/],
    [() => gpu.createBuffer({ name: 'things', size: [3] }), /two buffers are called "things"/],
    [() => gpu.createBuffer({ name: '1a', size: [3] }), /"1a"/],
    [() => gpu.createBuffer({ name: 'b', size: [0] }), /"b" must hold positive integers, not 0/],
    [() => gpu.createBuffer({ name: 'b', size: [2], initialData: [1] }), /"b"/],
    [() => gpu.createBuffer({ name: 'b', size: [2], sise: 1 }), /sise/],
    [() => gpu.createBuffer(), /createBuffer/],
    [() => gpu.resizeBuffer('b', [3]), /"b"/],
    [() => gpu.resizeBuffer('fixed', [3]), /"fixed" has a fixed size: declare it with `resizable: true`/],
    [() => gpu.resizeBuffer('a', [3]), /of size \[2,2\] cannot get size \[3\]/],
    [() => gpu.resizeBuffer('a', [0, 3]), /"a" must hold positive integers, not 0/],
    [() => gpu.resizeBuffer('a'), /"a"/],
    [() => gpu.resizeBuffer('things.n', [3]), /"things.n" is a field of objects: resize their buffer/],
    [() => gpu.destroyBuffer('b'), /"b"/],
    [() => gpu.destroyBuffer('things.n'), /"things.n" is a field of objects: destroy their buffer/],
    [() => gpu.writeBuffer('a', [1, 2], { start: 3 }), /there are no elements 3 to 5 of "a"/],
    [() => gpu.writeBuffer('a', [1], { start: -1 }), /start must be an integer from 0 on/],
    [() => gpu.writeBuffer('a', [1], { begin: 1 }), /begin/],
    [() => gpu.writeBuffer('small', [1, 2], { start: 2 }), /begin at a multiple of 4/],
    [() => gpu.copyBuffer('a', 'a', { end: 1, to: 1 }), /cannot copy a part of "a" to itself/],
    [() => gpu.copyBuffer('a', 'small', { end: 1 }), /make types the same/],
    [() => gpu.copyBuffer('a', 'fixed', { to: 1 }), /there are no elements 1 to 5 of "fixed"/],
    [() => gpu.record(() => gpu.createBuffer({ name: 'b', size: [1] })), /createBuffer.*record/],
    [() => gpu.record(() => gpu.resizeBuffer('a', [1, 1])), /resizeBuffer.*record/],
    [() => gpu.record(() => gpu.destroyBuffer('a')), /destroyBuffer.*record/],
  ];
  for (const [call, message] of refusals) {
    assert.throws(call, message, String(call));
  }
  const list = gpu.record(() => gpu.writeBuffer('a', [1], { start: 0 }));
  list.replay();
  gpu.resizeBuffer('a', [2, 1]);
  assert.throws(() => list.replay(), /was resized or destroyed after the list was recorded/);
  assert.deepEqual([...(await gpu.readBuffer('a'))], [1, 0]);
  assert.deepEqual([...(await gpu.readBuffer('fixed'))], [1, 2, 3, 4]);
  gpu.destroy();
  assert.throws(() => gpu.createBuffer({ name: 'b', size: [2] }), /destroyed/);
  assert.throws(() => gpu.resizeBuffer('a', [2, 2]), /destroyed/);
  assert.throws(() => gpu.destroyBuffer('a'), /destroyed/);
});
