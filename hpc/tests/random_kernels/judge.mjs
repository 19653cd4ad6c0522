// Runs kernels as the plain JavaScript that they are, in doubles, and says what they leave in memory. It answers each line of its input
// with one of its own, in the order in which they come.
//
// The first lines are interfaces: `{"buffers": [{"name", "type", "size", "numbers"}], "canvas": [width, height]}`. The others are kernels:
// `{"interface", "text", "buffers", "runs": [{"extents", "key", "uniforms": [{"name", "type", "numbers"}]}]}`. Numbers are the bytes of
// doubles, as hexadecimal digits. The answer to a kernel is `ok` and, for each run, the numbers of the named buffers and the pixels that
// were painted, as pairs of a place and a colour; or `failed` and why.
//
// Buffers, vectors and arrays are those of the package's debug backend, without what it reports.

import { createInterface } from 'node:readline';

import { quick } from './memory.mjs';

const esm = new URL('../../../packages/hpc.js/esm/', import.meta.url);
const [{ copy, DebugBuffer, uniformArray }, { compile }, { HELPERS, LIBRARY }, { valueOf }, { vec2, vec3 }] = await Promise.all(
  ['debug/memory.js', 'debug/rewrite.js', 'debug/session.js', 'values.js', 'vectors.js'].map((file) => import(new URL(file, esm))),
);

/** Reports nothing. */
const WATCHER = { read() {}, write() {}, update() {}, outside() {}, rounded() {} };

const interfaces = [];

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  process.stdout.write(`${request.text === undefined ? open(request) : judge(request)}\n`);
}

function open({ buffers, canvas }) {
  const made = buffers.map(({ name, type, size, numbers }) => {
    const buffer = new DebugBuffer(name, type, size, WATCHER);
    return { buffer, view: quick(buffer), initial: numbersOf(numbers) };
  });
  interfaces.push({ buffers: made, canvas });
  return 'ok';
}

function judge({ interface: number, text, buffers, runs }) {
  try {
    const kernel = compile(text, LIBRARY, '', HELPERS, { file: 'kernel.js', line: 1 });
    return `ok ${runs.map((run) => resultOf(interfaces[number], kernel, run, buffers)).join(' ')}`;
  } catch (error) {
    return `failed ${String(error).replaceAll('\n', ' ')}`;
  }
}

/** What a run leaves in the named buffers, and what it paints. */
function resultOf({ buffers, canvas: [width, height] }, kernel, { extents, key, uniforms }, names) {
  buffers.forEach(({ buffer, initial }) => buffer.contents.set(initial));
  const painted = new Map();
  const setPixel = (x, y, ...color) => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column >= 0 && column < width && row >= 0 && row < height) {
      painted.set(row * width + column, Uint8ClampedArray.from(color.map(Math.floor)));
    }
  };
  const inputs = {
    buffers: Object.fromEntries(buffers.map(({ buffer, view }) => [buffer.name, view])),
    uniforms: Object.fromEntries(uniforms.map((uniform) => [uniform.name, uniformOf(uniform)])),
    canvas: { setPixel },
  };
  const [columns, rows, layers] = extents;
  for (let z = 0; z < layers; z++) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        inputs.threadId = vec3(x, y, z);
        Math.random = generator(x + columns * (y + rows * z), key);
        kernel(inputs);
      }
    }
  }
  const written = names.map((name) => buffers.find(({ buffer }) => buffer.name === name).buffer.contents);
  const pixels = [...painted].flatMap(([at, [red, green, blue]]) => [at, red + 256 * green + 65536 * blue]);
  return [...written, pixels].map(digitsOf).join(' ');
}

function uniformOf({ name, type, numbers }) {
  const values = [...numbersOf(numbers)];
  return type.endsWith('[]') ? uniformArray(name, values, WATCHER) : valueOf(type, values);
}

/** `Math.random` of a thread, as `artifact/src/random.rs` defines it. */
function generator(thread, key) {
  let count = 0;
  return () => {
    let [a, b, c, d] = [thread, count++, ...key].map((word) => (Math.imul(word, 1664525) + 1013904223) | 0);
    const stir = () => {
      a = (a + Math.imul(b, d)) | 0;
      b = (b + Math.imul(c, a)) | 0;
      c = (c + Math.imul(a, b)) | 0;
      d = (d + Math.imul(b, c)) | 0;
    };
    stir();
    [a, b, c, d] = [a, b, c, d].map((word) => word ^ (word >>> 16));
    stir();
    return (a >>> 8) / 16777216;
  };
}

function numbersOf(digits) {
  const bytes = Uint8Array.from(Buffer.from(digits, 'hex'));
  return new Float64Array(bytes.buffer);
}

/** `-` if there are none. */
function digitsOf(numbers) {
  return Buffer.from(Float64Array.from(numbers).buffer).toString('hex') || '-';
}
