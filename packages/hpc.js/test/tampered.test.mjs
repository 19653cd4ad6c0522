// What a bundler has stored of a kernel, with bits flipped and bytes moved: it is refused, or does what it then says within its interface, and
// does no harm. HPC_CASES says how many changes are tried, HPC_SEED tries others.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { GPUInterface, vec2 } from '../esm/index.js';

const addon = createRequire(import.meta.url)('../addon.cjs');

const SPEC = {
  buffers: [{ name: 'a', size: [64] }, { name: 'g', size: [8, 8], type: 'i32' }, { name: 'v', size: [16], type: 'vec3' }],
  uniforms: { n: 5, list: [1, 2, 3], p: vec2(1, 2) },
};
const PROGRAM = `
  import { array, GPUInterface, types, vec2 } from 'hpc.js';
  const gpu = new GPUInterface({
    buffers: [{ name: 'a', size: [64] }, { name: 'g', size: [8, 8], type: 'i32' }, { name: 'v', size: [16], type: 'vec3' }],
    uniforms: { n: 5, list: [1, 2, 3], p: vec2(1, 2) },
  });
  await gpu.createKernel((inputs) => {
    function column(j = types.number) { return j > 4 ? j % 8 : 3; }
    const i = inputs.threadId.x;
    let local = array(8, 0);
    let sum = 0;
    for (let k = 0; k < inputs.uniforms.n; k++) {
      local[k] = inputs.buffers.a[i + k] + Math.random();
      sum += Math.sin(local[k]) + inputs.buffers.g[k][i] + inputs.uniforms.list[k];
    }
    inputs.buffers.v[i].y = sum + inputs.uniforms.p.x;
    inputs.buffers.a[i] = sum;
    inputs.buffers.g[i % 8][column(i)] = i;
  });`;
const [stored] = addon.precompile(PROGRAM, 'program.js').kernels;

const SEED = Number(process.env.HPC_SEED ?? 1);
const CASES = { cpu: Number(process.env.HPC_CASES ?? 120), gpu: Number(process.env.HPC_CASES ?? 60) };

// Numbers from 0 to the one before `count`, the same each time.
function generator(seed) {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

// The bytes of what is stored: those that cannot be printed are written like `%0a`.
const decoded = (text) => Buffer.from(text.replace(/%(..)/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16))), 'latin1');
const encoded = (bytes) => [...bytes].map((byte) => ((byte < 32 && byte !== 10) || byte === 37 || byte > 126 ? `%${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte))).join('');

// Some changes: half of them where the description of the code is, at either end.
function changed(bytes, draw) {
  const copy = Buffer.from(bytes);
  for (let change = 0; change <= draw(3); change++) {
    const at = draw(2) ? draw(copy.length) : draw(2) ? draw(700) : copy.length - 1 - draw(2500);
    const kinds = [
      () => (copy[at] ^= 1 << draw(8)), () => (copy[at] = draw(256)), () => (copy[at] = [0, 1, 127, 128, 255][draw(5)]),
      () => copy.copyWithin(at, draw(copy.length), draw(copy.length)),
    ];
    kinds[draw(kinds.length)]();
  }
  return encoded(copy);
}

// A kernel that counts as compiled to this; its own text does nothing.
const kernelOf = (text) => Object.assign(() => {}, {
  toString: () => '(inputs) => { inputs.buffers.a[0] = inputs.buffers.a[0]; }',
  [Symbol.for('hpc.js:precompiled')]: { gpu: text, cpu: text },
});

for (const backend of ['gpu', 'cpu']) {
  test(`stored kernels that were tampered with (${backend})`, async () => {
    const draw = generator(SEED);
    const bytes = decoded(stored[backend]);
    const open = () => new GPUInterface({ ...SPEC, options: { backend } }).initialize();
    const other = await open();
    other.writeBuffer('a', Float32Array.from({ length: 64 }, (_, index) => index));
    let gpu = await open();
    assert.ok(encoded(bytes) === stored[backend], 'it is stored otherwise');
    const counts = { kernels: 0, refused: 0, stopped: 0 };
    for (let number = 0; number < CASES[backend]; number++) {
      try {
        const { run } = await gpu.createKernel(kernelOf(changed(bytes, draw)));
        counts.kernels += 1;
        run(64);
        run(3, 5);
        // It may have become one that does not end.
        const time = setTimeout(() => gpu.destroy(), 2000);
        await gpu.readBuffer('a');
        clearTimeout(time);
      } catch (error) {
        assert.ok(['Internal', 'Mismatch', 'Dropped', 'DeviceLost', 'Refused'].includes(error.code) || /^HPC/.test(error.code), `${number}: ${error.stack}`);
        counts[/refused/.test(error.message) ? 'refused' : 'stopped'] += 1;
        if (!/refused/.test(error.message)) {
          gpu.destroy();
          gpu = await open();
        }
      }
    }
    console.log(`${backend}: ${JSON.stringify(counts)}`);
    assert.deepEqual([...(await other.readBuffer('a'))], Array.from({ length: 64 }, (_, index) => index));
  });
}
