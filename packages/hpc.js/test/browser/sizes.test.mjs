// How much a browser downloads. UPDATE=1 rewrites the snapshot.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { stored } from '../snapshot.mjs';

const SNAPSHOT = new URL('sizes.snapshot.txt', import.meta.url);
const KILOBYTE = 1000;
// Compilers differ a little from machine to machine.
const TOLERANCE = 0.03;

const read = (name) => readFileSync(new URL(`../../web/${name}`, import.meta.url));
const FILES = [
  'hpc_web_bg.wasm', 'hpc_web.js', 'hpc_compiler_gpu_bg.wasm', 'hpc_compiler_gpu.js', 'hpc_compiler_cpu_bg.wasm', 'hpc_compiler_cpu.js',
];
const sizes = new Map(FILES.map((name) => [name, { plain: read(name).length, brotli: brotliCompressSync(read(name)).length }]));

// What is fetched as WebAssembly.
function download(files) {
  const sum = (key) => files.reduce((total, name) => total + sizes.get(name)[key], 0) / KILOBYTE;
  return { plain: sum('plain'), brotli: sum('brotli') };
}

for (const [page, files, plain, brotli] of [
  ['whose kernels were compiled with the application', ['hpc_web_bg.wasm'], 330, 121],
  ['that compiles kernels for WebGPU', ['hpc_web_bg.wasm', 'hpc_compiler_gpu_bg.wasm'], 1130, 400],
  ['that compiles kernels for the CPU', ['hpc_web_bg.wasm', 'hpc_compiler_cpu_bg.wasm'], 1110, 400],
]) {
  test(`a page ${page} downloads less than ${plain} kB of WebAssembly, ${brotli} kB compressed`, () => {
    const found = download(files);
    assert.ok(found.plain < plain && found.brotli < brotli, JSON.stringify(found));
  });
}

test('the sizes are those of the snapshot, or a few per cent off', () => {
  const text = [...sizes].map(([name, { plain, brotli }]) => `${name} ${plain} ${brotli}\n`).join('');
  const before = stored(SNAPSHOT, text);
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
