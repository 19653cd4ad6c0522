// Functions of the library on the host.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clamp, floatBits, fract, fromFloatBits, mix, smoothstep, step, vec2, vec2i, vec3 } from '../esm/index.js';

test('of numbers', () => {
  assert.equal(mix(1, 3, 0.25), 1.5);
  assert.equal(clamp(5, 0, 2), 2);
  assert.ok(Number.isNaN(clamp(NaN, 0, 2)));
  assert.equal(fract(-0.25), 0.75);
  assert.equal(step(1, 1), 1);
  assert.equal(step(1, 0.9), 0);
  assert.equal(smoothstep(0, 2, 1), 0.5);
  assert.equal(smoothstep(0, 2, -7), 0);
});

test('of vectors', () => {
  assert.ok(mix(vec2(0, 10), vec2(10, 20), 0.5).equals(vec2(5, 15)));
  assert.ok(mix(vec2(0, 10), vec2(10, 20), vec2(0, 1)).equals(vec2(0, 20)));
  assert.ok(clamp(vec3(-1, 0.5, 9), 0, vec3(1, 1, 2)).equals(vec3(0, 0.5, 2)));
  assert.ok(fract(vec2(1.5, -1.25)).equals(vec2(0.5, 0.75)));
  assert.ok(step(vec2(1, 2), vec2(1, 1)).equals(vec2(1, 0)));
  assert.ok(smoothstep(0, 1, vec2(0.5, 2)).equals(vec2(0.5, 1)));
});

test('of other things', () => {
  for (const act of [() => mix(1, 2), () => clamp(vec2(1, 2), vec3(1, 2, 3), 4), () => fract('1'), () => fract(vec2i(1, 2)), () => step(vec2(1, 2), 3n)]) {
    assert.throws(act, /takes numbers, or vectors of numbers of one size/);
  }
});

test('bits of singles', () => {
  assert.equal(floatBits(1), 0x3f800000);
  assert.equal(floatBits(-0), 0x80000000);
  assert.equal(floatBits(0.1), 0x3dcccccd);
  assert.equal(fromFloatBits(0x3f800000), 1);
  assert.equal(fromFloatBits(0x80000000 | 0), -0);
  assert.equal(fromFloatBits(0x7f800000), Infinity);
});
