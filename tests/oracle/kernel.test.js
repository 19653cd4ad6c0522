// The rewrite that gives a kernel's text the meaning it has on a device.

import assert from 'node:assert/strict';
import test from 'node:test';
import { rewrite } from './kernel.js';

const rewrites = (text, expected) => () => assert.equal(rewrite(text), expected);

test('copies what is stored', rewrites('let q = p;', 'let q = hpc__copy(p);'));
test('copies what is returned', rewrites('return p;', 'return hpc__copy(p);'));
test('leaves comparisons alone', rewrites('if (a == b || a <= b) x;', 'if (a == b || a <= b) x;'));
test('copies parameters', rewrites(
  'function f(v = types.vec2, n = types.number) { }',
  'function f(v = types.vec2, n = types.number) { v = hpc__copy(v); n = hpc__copy(n); }',
));
test('writes components through', rewrites('buffer[i].x += 1; ++b[i].y;', 'buffer[i].hpc__element.x += 1; ++b[i].hpc__element.y;'));
test('reads components', rewrites('a = buffer[i].x + 1;', 'a = buffer[i].x + 1;'));
test('compares components', rewrites('buffer[i].x === 1;', 'buffer[i].x === 1;'));
test('evaluates a fill once an element', rewrites('array(3, f(1, 2))', 'array(3, () => (f(1, 2)))'));
test('leaves listed arrays alone', rewrites('array([1, 2])', 'array([1, 2])'));
