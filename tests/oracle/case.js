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

// What a case gets: the documented API and three helpers.
function argument() {
  return { ...api, canvas, check, fails };
}

// Stands for an HTMLCanvasElement that nobody looks at.
function canvas(width, height) {
  return { width, height };
}

// Runs one kernel once over buffers given by their contents and compares the buffer `out`.
async function check(kernel, { out, buffers = {}, uniforms = {}, run, expect, tolerance, source, canvas: surface }) {
  const { size, type } = typeof out === 'number' ? { size: [out] } : out;
  const specs = Object.entries(buffers).map(([name, initialData]) => ({ name, size: extents(initialData), initialData }));
  const gpu = await new api.GPUInterface({
    buffers: [...specs, { name: 'out', size, type }],
    uniforms,
    canvas: surface,
  }).initialize();
  (await gpu.createKernel(kernel, { source })).run(...(run ?? size));
  if (expect) {
    await gpu.expect('out', expect, tolerance);
  } else {
    await gpu.readBuffer('out', tolerance);
  }
}

function extents(data) {
  return Array.isArray(data) ? [data.length, ...extents(data[0])] : [];
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
