// The vectors on the host.

import assert from 'node:assert/strict';
import test from 'node:test';
import { GPUVec3, vec2, vec3, vec4 } from '../esm/index.js';

const parts = ({ x, y, z, w }) => [x, y, z, w].filter((component) => component !== undefined);

test('constructors splat, list and compose', () => {
  assert.deepEqual(parts(vec3(2)), [2, 2, 2]);
  assert.deepEqual(parts(vec4(vec2(1, 2), 3, 4)), [1, 2, 3, 4]);
  assert.throws(() => vec3(1, 2));
  assert.throws(() => vec2(true, 1));
  assert.equal(new GPUVec3(1, 2, 3).type, 'vec3');
});

test('methods', () => {
  assert.deepEqual(parts(vec2(1, 2).cplxTimes(vec2(3, 4))), [-5, 10]);
  assert.deepEqual(parts(vec2(1, 2).cplxDiv(vec2(3, 4))), [0.44, 0.08]);
  assert.deepEqual(parts(vec3(1, 2, 3).cross(vec3(4, 5, 6))), [-3, 6, -3]);
  assert.equal(vec2(3, 4).length(), 5);
  assert.deepEqual(parts(vec2(3, 4).normalized()), [0.6, 0.8]);
  assert.deepEqual(parts(vec2(0, 0).normalized()), [NaN, NaN]);
  assert.deepEqual(parts(vec2(1, 0).atan2(vec2(0, 1))), [Math.PI / 2, 0]);
  assert.ok(vec2(1, 2).equals(vec2(1, 2)) && vec2(1, 2).notEquals(vec2(1, 3)));
  assert.throws(() => vec2(1, 2).plus(vec3(1, 2, 3)));
});

test('swizzles', () => {
  assert.deepEqual(parts(vec4(1, 2, 3, 4).zyy), [3, 2, 2]);
  assert.deepEqual(parts(vec2(1, 2).xyyx), [1, 2, 2, 1]);
  assert.equal(vec2(1, 2).xz, undefined);
});
