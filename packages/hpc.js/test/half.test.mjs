// Halves: what they are as numbers, and how numbers round to them.

import assert from 'node:assert/strict';
import test from 'node:test';
import { bitsOfHalf, halfOfBits, toHalf } from '../esm/half.js';

// Every finite half from 0 up with its bits, computed from what the parts of a half mean.
const halves = Array.from({ length: 0x7c00 }, (_, bits) => {
  const exponent = Math.floor(bits / 1024);
  const fraction = bits % 1024;
  return exponent === 0 ? fraction / 1024 / 2 ** 14 : (1 + fraction / 1024) * 2 ** (exponent - 15);
});

test('every one of the 65 536 halves is its number, and back', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const magnitude = bits & 0x7fff;
    const expected = magnitude > 0x7c00 ? NaN : magnitude === 0x7c00 ? Infinity : halves[magnitude];
    const value = halfOfBits(bits);
    assert.ok(Object.is(value, bits & 0x8000 ? -expected : expected), `${bits}: ${value}`);
    const back = bitsOfHalf(value);
    assert.equal(back, Number.isNaN(value) ? 0x7e00 : bits);
  }
});

// The number next to a double, up or down.
function neighbour(value, direction) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(direction));
  return view.getFloat64(0);
}

test('half way between two halves the even one is nearer, and a bit beside it is not half way', () => {
  for (let bits = 0; bits < 0x7c00; bits++) {
    const upper = bits + 1 === 0x7c00 ? 2 ** 16 : halves[bits + 1];
    const middle = (halves[bits] + upper) / 2;
    const even = bits % 2 === 0 ? bits : bits + 1;
    assert.equal(bitsOfHalf(middle), even);
    assert.equal(bitsOfHalf(-middle), even + 0x8000);
    assert.equal(bitsOfHalf(neighbour(middle, -1)), bits);
    assert.equal(bitsOfHalf(neighbour(middle, 1)), bits + 1);
  }
});

// The nearest half by looking at all of them.
function nearest(value) {
  const magnitude = Math.abs(value);
  let [low, high] = [0, halves.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    [low, high] = halves[middle] <= magnitude ? [middle, high] : [low, middle];
  }
  const upper = halves[low + 1] ?? 2 ** 16;
  // Exact: a half and a double that is near it differ by a double.
  const [below, above] = [magnitude - halves[low], upper - magnitude];
  const bits = below < above || (below === above && low % 2 === 0) ? low : low + 1;
  return bits + (value < 0 || Object.is(value, -0) ? 0x8000 : 0);
}

test('random doubles', () => {
  let seed = 1;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  for (let round = 0; round < 200_000; round++) {
    const value = (random() - 0.5 + random() / 2 ** 32) * 2 ** Math.floor(random() * 48 - 30);
    assert.equal(bitsOfHalf(value), nearest(value), String(value));
  }
});

test('doubles beyond halves', () => {
  for (const value of [65520, 1e5, 2 ** 31, 1e308, Infinity]) {
    assert.deepEqual([toHalf(value), toHalf(-value)], [Infinity, -Infinity]);
  }
  assert.deepEqual([toHalf(65519.99), toHalf(2 ** -25), toHalf(neighbour(2 ** -25, 1)), toHalf(5e-324)], [65504, 0, 2 ** -24, 0]);
  assert.ok(Object.is(toHalf(-5e-324), -0));
});

test('a double rounds once, and not to a single before', () => {
  // As a single it would lie half way, and round to the even one below.
  assert.equal(toHalf(1 + 2 ** -11 + 2 ** -40), 1 + 2 ** -10);
});
