// How much a browser downloads. UPDATE=1 rewrites the snapshot.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { brotliCompressSync } from 'node:zlib';

const SNAPSHOT = new URL('sizes.snapshot.txt', import.meta.url);
const KILOBYTE = 1000;
// Compilers differ a little from machine to machine.
const TOLERANCE = 0.03;

const read = (name) => readFileSync(new URL(`../../web/${name}`, import.meta.url));
const sizes = ['hpc_web_bg.wasm', 'hpc_web.js'].map((name) => ({ name, plain: read(name).length, brotli: brotliCompressSync(read(name)).length }));

// Half of that is the aim: docs/performance.md says what is in it.
test('the WebAssembly is below 1300 kB, and below 450 kB compressed with its JavaScript', () => {
  const [wasm, script] = sizes;
  assert.ok(wasm.plain < 1300 * KILOBYTE, `${wasm.plain} bytes`);
  assert.ok(wasm.brotli + script.brotli < 450 * KILOBYTE, `${wasm.brotli} + ${script.brotli} bytes`);
});

test('the sizes are those of the snapshot, or a few per cent off', () => {
  const text = sizes.map(({ name, plain, brotli }) => `${name} ${plain} ${brotli}\n`).join('');
  if (process.env.UPDATE) {
    writeFileSync(SNAPSHOT, text);
  }
  const before = existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, 'utf8') : '';
  const numbers = (text) => text.split(/\s+/).map(Number).filter(Boolean);
  const near = numbers(text).every((size, index) => Math.abs(size / numbers(before)[index] - 1) <= TOLERANCE);
  assert.ok(near, `bytes plain and compressed:\n${text}and in the snapshot:\n${before}`);
});
