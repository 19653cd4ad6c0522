// How much a browser downloads. UPDATE=1 rewrites the snapshot.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const SNAPSHOT = new URL('sizes.snapshot.txt', import.meta.url);
const KILOBYTE = 1000;
// Compilers differ a little from machine to machine.
const TOLERANCE = 0.03;

const read = (name) => readFileSync(new URL(`../../web/${name}`, import.meta.url));
const MODULES = ['hpc_web', 'hpc_compiler_gpu', 'hpc_compiler_cpu'];
const FILES = MODULES.flatMap((name) => [`${name}_bg.wasm`, `${name}.js`]);
const sizes = new Map(FILES.map((name) => [name, { plain: read(name).length, brotli: brotliCompressSync(read(name)).length }]));

// The WebAssembly, and all that is fetched, compressed.
function download(modules) {
  const wasm = modules.map((name) => sizes.get(`${name}_bg.wasm`));
  const all = modules.flatMap((name) => [sizes.get(`${name}_bg.wasm`), sizes.get(`${name}.js`)]);
  const sum = (sizes, key) => sizes.reduce((total, size) => total + size[key], 0) / KILOBYTE;
  return { plain: sum(wasm, 'plain'), brotli: sum(all, 'brotli') };
}

// The aim for the last two is 600 and 200: docs/performance.md says what is in the way.
for (const [page, modules, plain, brotli] of [
  ['whose kernels were compiled with the application', ['hpc_web'], 230, 98],
  ['that compiles kernels for WebGPU', ['hpc_web', 'hpc_compiler_gpu'], 1130, 420],
  ['that compiles kernels for the CPU', ['hpc_web', 'hpc_compiler_cpu'], 1150, 425],
]) {
  test(`a page ${page} downloads less than ${plain} kB of WebAssembly, ${brotli} kB compressed with its JavaScript`, () => {
    const found = download(modules);
    assert.ok(found.plain < plain && found.brotli < brotli, JSON.stringify(found));
  });
}

test('the sizes are those of the snapshot, or a few per cent off', () => {
  const text = [...sizes].map(([name, { plain, brotli }]) => `${name} ${plain} ${brotli}\n`).join('');
  if (process.env.UPDATE) {
    writeFileSync(SNAPSHOT, text);
  }
  const before = existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, 'utf8') : '';
  const numbers = (text) => text.split(/\s+/).map(Number).filter(Boolean);
  const near = numbers(text).every((size, index) => Math.abs(size / numbers(before)[index] - 1) <= TOLERANCE);
  assert.ok(near, `bytes plain and compressed:\n${text}and in the snapshot:\n${before}`);
});

test('the folders of the machine that built it are not in it', () => {
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  for (const name of FILES) {
    const bytes = read(name);
    const found = [root, homedir(), process.env.CARGO_HOME, '.cargo'].filter((folder) => folder && bytes.includes(folder));
    assert.deepEqual(found, [], name);
  }
});
