// The rewrite that gives a kernel's text the meaning it has on a device.

import assert from 'node:assert/strict';
import test from 'node:test';
import { rewrite } from '../esm/debug/rewrite.js';

const LIBRARY = { vec2() {}, array() {}, types: {} };

// `text` is the body of a kernel, `expected` what becomes of it.
const rewrites = (text, expected) => () => {
  assert.equal(rewrite(`() => {${text}}`, LIBRARY).expression, `(() => {${expected}}\n)`);
};
const same = (text) => rewrites(text, text);

test('copies what is stored', rewrites('let q = p;', 'let q = hpc__copy((p));'));
test('copies what is returned', rewrites('return p;', 'return hpc__copy((p));'));
test('copies one of two', rewrites('q = c ? p : r;', 'q = hpc__copy((c ? p : r));'));
test('leaves what is new alone', same('let q = vec2(1, 2) + 1; return -q;'));
test('copies parameters', rewrites(
  'function f(v = types.vec2, n) { }',
  'function f(v = types.vec2, n) { v = hpc__passed(v); n = hpc__passed(n); }',
));
test('writes components through', rewrites('b[i].x += 1; ++b[i] [j].y;', 'hpc__place(hpc__steps(b), (i)).x += 1; ++hpc__place(hpc__steps(hpc__place(b, (i))), (j)).y;'));
test('reads components', same('a + buffer[i].x;'));
test('writes elements', rewrites('b[i][j] = 1; b[i] = 2;', 'hpc__place(b, (i))[j] = 1; b[i] = 2;'));
test('lists that are indexed or gone through are arrays', rewrites('for (const x of [1, 2]) [3][x]', 'for (const x of hpc__array([1, 2])) hpc__array([3])[x]'));
test('accumulates in one step', rewrites('b[i][j] += 1; b[i]++; b[i] = Math.min(b[i], v);', 'hpc__steps(hpc__place(b, (i)))[j] += 1; hpc__steps(b)[i]++; hpc__steps(b)[i] = Math.min(hpc__steps(b)[i], v);'));
test('writes swizzles', rewrites('v.xy = 1; b[i].zw = 2;', 'hpc__swizzled(v).xy = 1; hpc__swizzled(hpc__place(b, (i))).zw = 2;'));
test('compares by value', rewrites('a === b; a!=(b);', 'hpc__equals(a, b); !hpc__equals(a, (b));'));
test('evaluates a fill once an element', rewrites('array(3, f(1, 2))', 'array(3, () => (f(1, 2)))'));
test('knows array by any name', rewrites('(0, ns.array)(3, x); ns["array"](3, x)', '(0, ns.array)(3, () => (x)); ns["array"](3, () => (x))'));
test('leaves listed arrays alone', same('array([1, 2])'));
test('keeps every line where it is', rewrites('b[ // one\n i].x = 1;', 'hpc__place(b, (\ni)).x = 1;'));

test('free names stand for the library', () => {
  const { names } = rewrite('() => { vec2$1(1); _vec2(2); (0, a.vec2)(3); b.types.number; c.other(); Math.abs(1); }', LIBRARY);
  assert.deepEqual([...names.keys()].sort(), ['_vec2', 'a', 'b', 'vec2$1']);
});

test('the text of a method', () => {
  for (const text of ['run(x) { }', 'static run(x) { }', '"a b"(x) { }', '[name](x) { }']) {
    assert.equal(rewrite(text, LIBRARY).expression, '(function (x) { }\n)');
  }
});

test('what is no function', () => {
  assert.throws(() => rewrite('(inputs) => {', LIBRARY), SyntaxError);
});
