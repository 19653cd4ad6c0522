// Vectors of integers on the host, and in kernels on the debug backend.

import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import {
  GPUInterface, GPUVec2i, GPUVec3u, array, dim, types, vec2, vec2i, vec2u, vec3, vec3i, vec3u, vec4, vec4i, vec4u,
} from '../esm/index.js';

const parts = ({ x, y, z, w }) => [x, y, z, w].filter((component) => component !== undefined);

test('constructors splat, list, compose and convert', () => {
  assert.deepEqual(parts(vec3i(2)), [2, 2, 2]);
  assert.deepEqual(parts(vec4u(vec2(1.9, 2), vec2i(-1, 4))), [1, 2, 2 ** 32 - 1, 4]);
  assert.deepEqual(parts(vec2i(vec2(-1.5, 2.5).floor())), [-2, 2]);
  assert.deepEqual(parts(vec2(vec2i(1, -2)).div(4)), [0.25, -0.5]);
  assert.deepEqual(parts(vec2i(2 ** 31, 2 ** 32 + 1)), [-(2 ** 31), 1]);
  assert.deepEqual(parts(vec4u(NaN, Infinity, -0.5, -1)), [0, 0, 0, 2 ** 32 - 1]);
  assert.ok(Object.is(vec2i(-0, 1).x, 0));
  assert.deepEqual([new GPUVec2i(1.5, 2).type, new GPUVec3u(1, 2, 3).type], ['vec2i', 'vec3u']);
  assert.throws(() => vec3i(1, 2), { message: 'vec3i takes 1 or 3 components, not 2' });
  assert.throws(() => vec2u(true, 1), { message: 'vec2u takes numbers, not a boolean' });
  assert.throws(() => new GPUVec2i(1), { message: 'GPUVec2i takes numbers, not nothing' });
});

test('what is assigned to a component is converted', () => {
  const [v, w] = [vec2i(1, 2), vec3u(1)];
  v.x = 3.7;
  v.y += 2 ** 31;
  w.z = -1;
  assert.deepEqual([parts(v), parts(w)], [[3, -(2 ** 31) + 2], [1, 1, 2 ** 32 - 1]]);
  assert.throws(() => (v.x = true), { message: 'x of a GPUVec2i takes numbers, not a boolean' });
  assert.throws(() => (types.vec2i.x = 1), { message: 'cannot assign to x of a frozen GPUVec2i' });
});

test('arithmetic wraps', () => {
  const [greatest, least] = [2 ** 31 - 1, -(2 ** 31)];
  assert.deepEqual(parts(vec2i(greatest, least).plus(vec2i(1, -1))), [least, greatest]);
  assert.deepEqual(parts(vec2u(2 ** 32 - 1, 0).plus(vec2u(1))), [0, 1]);
  assert.deepEqual(parts(vec2u(0, 5).minus(vec2u(1))), [2 ** 32 - 1, 4]);
  assert.deepEqual(parts(vec2i(65537, -3).times(vec2i(65537, 5))), [Math.imul(65537, 65537), -15]);
  assert.deepEqual(parts(vec2u(2 ** 32 - 1, 3).times(2 ** 32 - 1)), [1, Math.imul(3, -1) >>> 0]);
  assert.deepEqual(parts(vec2i(1, 2).times(2.9)), [2, 4]);
  assert.deepEqual(parts(vec3i(-5, least, 5).abs()), [5, least, 5]);
  assert.deepEqual(parts(vec2u(2 ** 31, 5).abs()), [2 ** 31, 5]);
  assert.deepEqual(parts(vec2i(-1, 4).min(vec2i(3, 2))), [-1, 2]);
  assert.deepEqual(parts(vec2u(2 ** 32 - 1, 4).max(vec2u(3, 5))), [2 ** 32 - 1, 5]);
});

test('bits', () => {
  assert.deepEqual(parts(vec2i(12, -1).and(vec2i(10, 7))), [8, 7]);
  assert.deepEqual(parts(vec2u(2 ** 31, 1).or(vec2u(1, 2))), [2 ** 31 + 1, 3]);
  assert.deepEqual(parts(vec2i(5, -1).xor(vec2i(1, 0))), [4, -1]);
  assert.deepEqual([parts(vec2i(0, 5).not()), parts(vec2u(0, 5).not())], [[-1, -6], [2 ** 32 - 1, 2 ** 32 - 6]]);
  assert.deepEqual(parts(vec2u(1, 3).shiftLeft(31)), [2 ** 31, 2 ** 31]);
  assert.deepEqual(parts(vec2i(1, 3).shiftLeft(vec2i(33, -1))), [2, -(2 ** 31)]);
  assert.deepEqual(parts(vec2i(-8, 8).shiftRight(1)), [-4, 4]);
  assert.deepEqual(parts(vec2u(-8, 8).shiftRight(vec2u(1, 2))), [2 ** 31 - 4, 2]);
});

test('equality, swizzles and text', () => {
  assert.ok(vec2i(1, 2).equals(vec2i(1, 2)) && vec2u(1, 2).notEquals(vec2u(1, 3)));
  assert.deepEqual([vec4i(1, 2, 3, 4).zyy.type, ...parts(vec4i(1, 2, 3, 4).zyy)], ['vec3i', 3, 2, 2]);
  assert.equal(vec2u(1, 2).xz, undefined);
  assert.equal(`${vec3u(1, 2, -1)}`, 'vec3u(1, 2, 4294967295)');
});

test('tests, consoles and copies see the components', () => {
  assert.deepEqual(vec2i(1, 2), vec2i(1, 2));
  assert.notDeepEqual(vec2i(1, 2), vec2i(1, 3));
  assert.equal(inspect(vec2i(1, 2)), "GPUVec2i { type: 'vec2i', x: 1, y: 2 }");
  assert.deepEqual(structuredClone(vec2u(1, 2)), { type: 'vec2u', x: 1, y: 2 });
  assert.equal(JSON.stringify(vec2i(1, 2)), '{"type":"vec2i","x":1,"y":2}');
});

test('vectors of one kind only', () => {
  assert.throws(() => vec2i(1).plus(vec2u(1)), { message: 'plus of a vec2i takes a vec2i, not a vec2u' });
  assert.throws(() => vec2i(1).plus(1), { message: 'plus of a vec2i takes a vec2i, not a number' });
  assert.throws(() => vec2(1).plus(vec2i(1)), { message: 'plus of a vec2 takes a vec2, not a vec2i' });
  assert.throws(() => vec2i(1).equals(vec2(1)), { message: 'equals of a vec2i takes a vec2i, not a vec2' });
});

test('what only floats can', () => {
  for (const method of ['div', 'dot', 'dist', 'length', 'normalized', 'cross', 'cplxTimes', 'floor', 'sqrt', 'pow', 'atan2']) {
    assert.throws(() => vec3u(1)[method](vec3u(1)), { name: 'TypeError', message: `a vec3u has no ${method}: make floats of it first, vec3(v)` });
  }
});

// What a kernel that was rewritten for the debug backend stores in eight numbers.
async function stored(kernel, ...extents) {
  const buffers = [
    { name: 'out', size: [8], type: 'f64' },
    { name: 'cells', size: [2, 2], initialData: [[vec2i(1, 2), vec2i(3, 4)], [vec2i(5, 6), vec2i(7, 8)]] },
    { name: 'grid', size: [3, 3], type: 'u8' },
  ];
  const gpu = await new GPUInterface({ buffers, options: { backend: 'debug' } }).initialize();
  (await gpu.createKernel(kernel)).run(...(extents.length === 0 ? [1] : extents));
  return { out: [...(await gpu.readBuffer('out'))], cells: [...(await gpu.readBuffer('cells'))], grid: [...(await gpu.readBuffer('grid'))] };
}

test('in kernels vectors are values, and components convert', async () => {
  const { out, cells } = await stored((inputs) => {
    function moved(v = types.vec2i, by = types.number) {
      v.x += by;
      return v;
    }
    let v = vec2i(1, 2);
    let w = v;
    v.x = 3.7;
    w.yx = vec2i(vec2(9.5, 8.5));
    inputs.buffers.out[0] = v.x;
    inputs.buffers.out[1] = w.x * 10 + w.y;
    inputs.buffers.out[2] = moved(v, 2.6).x;
    inputs.buffers.out[3] = v.x;
    inputs.buffers.out[4] = v === vec2i(3, 2) ? 1 : 0;
    inputs.buffers.out[5] = inputs.buffers.cells[5][0].y;
    let cell = inputs.buffers.cells[1][1];
    cell.x = 100;
    inputs.buffers.cells[0][0].x = 2.9;
    inputs.buffers.cells[0][1].xy = inputs.buffers.cells[1][0].yx;
    inputs.buffers.cells[1][0] = v;
  });
  assert.deepEqual(out, [3, 89, 5, 3, 1, 0, 0, 0]);
  assert.deepEqual(cells, [2, 2, 6, 5, 3, 2, 7, 8]);
});

test('in kernels they are elements of arrays, and indices', async () => {
  const { out, grid } = await stored((inputs) => {
    let list = array([vec2i(0, 1), vec2i(2, 1)]);
    let same = list;
    let filled = array(3, vec2u(-1));
    list[0].x = 2.5;
    same[1] = vec2i(0, 0);
    filled[2].y = 5;
    inputs.buffers.grid[list[0]] = 7;
    inputs.buffers.grid[same[1]] = 8;
    inputs.buffers.out[0] = list[0].x + same[0].x;
    inputs.buffers.out[1] = list[1].x;
    inputs.buffers.out[2] = filled[0].y;
    inputs.buffers.out[3] = filled[2].y;
    inputs.buffers.out[4] = list[5].x;
    inputs.buffers.out[5] = dim(filled);
  });
  assert.deepEqual(out, [2, 2, 2 ** 32 - 1, 5, 0, 3, 0, 0]);
  assert.deepEqual(grid, [8, 0, 0, 0, 0, 0, 0, 7, 0]);
});
