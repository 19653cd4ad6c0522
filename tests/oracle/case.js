// Runs a program of the corpus, whoever observes it.

import * as api from './hpc.js';
import { observe } from './observed.js';

// `module` exports the program; `observer` is told of what it does: see `observe`.
export async function runCase(module, observer) {
  observe(observer);
  try {
    await module.default(argument());
  } finally {
    observe();
  }
}

// What a case gets: the documented API and four helpers.
function argument() {
  return { ...api, canvas, check, fails, pairs };
}

// Stands for an HTMLCanvasElement that nobody looks at.
function canvas(width, height) {
  return { width, height };
}

// Runs one kernel once over buffers given by their contents and compares the buffer `out`.
async function check(kernel, { out, buffers = {}, uniforms = {}, constants, run, expect, tolerance, source, canvas: surface }) {
  const { size, type } = typeof out === 'number' ? { size: [out] } : out;
  const specs = Object.entries(buffers).map(([name, initialData]) => ({ name, size: extents(initialData), initialData }));
  const gpu = await new api.GPUInterface({
    buffers: [...specs, { name: 'out', size, type }],
    uniforms,
    canvas: surface,
  }).initialize();
  (await gpu.createKernel(kernel, { source, constants })).run(...(run ?? size));
  if (expect) {
    await gpu.expect('out', expect, tolerance);
  } else {
    await gpu.readBuffer('out', tolerance);
  }
}

function extents(data) {
  return Array.isArray(data) || ArrayBuffer.isView(data) ? [data.length, ...extents(data[0])] : [];
}

// Compares all bits of what each expression of `a` and `b` gives for all pairs of numbers from two typed arrays.
async function pairs(expressions, a, b, tolerance = 'bits') {
  const size = [a.length, b.length];
  const gpu = await new api.GPUInterface({
    buffers: [
      { name: 'a', size: [a.length], initialData: a },
      { name: 'b', size: [b.length], initialData: b },
      { name: 'out', type: 'f64', size },
    ],
  }).initialize();
  for (const expression of expressions) {
    (await gpu.createKernel(kernelOfPairs(expression))).run(...size);
    await gpu.readBuffer('out', tolerance);
  }
}

function kernelOfPairs(expression) {
  return new Function('inputs', `
  const a = inputs.buffers.a[inputs.threadId.x];
  const b = inputs.buffers.b[inputs.threadId.y];
  inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = ${expression};
`);
}

// Insists that a call throws or rejects; the trace then asks the same of a device.
async function fails(call) {
  try {
    await call();
  } catch {
    return;
  }
  throw new Error(`this did not fail: ${call}`);
}
