// Runs a case and records its trace: the interfaces it made and every call with what it must give.

import * as api from './hpc.js';
import { observe } from './interface.js';
import { isVector, typeOf } from './vectors.js';

const DEFAULT_TOLERANCE = 'auto';

// `module` exports a title, the case itself, and perhaps `tolerance`, `judges` and `backends`.
export async function record(name, module) {
  const trace = {
    name,
    title: module.title,
    // Reasons why some judges cannot run this case: { lavapipe: '…' }.
    judges: module.judges ?? {},
    // 'gpu' and 'cpu', where the expectation depends on it.
    backends: module.backends ?? ['gpu', 'cpu'],
    interfaces: [],
    steps: [],
  };
  const interfaces = new Map();
  observe({
    started(gpu, spec) {
      interfaces.set(gpu, trace.interfaces.length);
      trace.interfaces.push(describe(spec));
    },
    called(gpu, step, outcome) {
      trace.steps.push(encodeStep({ interface: interfaces.get(gpu), ...step }, outcome, module.tolerance));
    },
  });
  try {
    await module.default(argument());
  } finally {
    observe({ started() {}, called() {} });
  }
  return trace;
}

// What a case gets: the documented API and three helpers.
function argument() {
  return { ...api, canvas, check, fails };
}

// Stands for an HTMLCanvasElement.
function canvas(width, height) {
  return { width, height, getContext: () => null };
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

function describe({ buffers, uniforms, canvas: surface, options }) {
  return {
    buffers: buffers.map(({ name, type, size, flat }) => ({ name, type, size, data: encodeAll(flat) })),
    uniforms: Object.entries(uniforms).map(([name, value]) => encodeUniform(name, value)),
    canvas: surface ? [surface.width, surface.height] : null,
    useCpu: options.useCpu ?? false,
  };
}

function encodeStep(step, { result, error }, tolerance = DEFAULT_TOLERANCE) {
  const encoded = { ...step };
  if (error) {
    encoded.fails = error.message;
  }
  if (result) {
    encoded.expect = encodeAll(result);
    encoded.tolerance = step.tolerance ?? tolerance;
  }
  if (step.do === 'run') {
    encoded.extents = step.extents.map((extent) => (typeof extent === 'number' ? encode(extent) : String(extent)));
  }
  if (step.do === 'setUniforms') {
    encoded.values = Object.entries(step.values).map(([name, value]) => encodeUniform(name, value));
  }
  if (step.do === 'writeBuffer') {
    encoded.data = { type: step.data.type, shape: step.shape, components: encodeAll(step.data.components) };
    delete encoded.shape;
  }
  return encoded;
}

function encodeUniform(name, value) {
  const words = isVector(value) ? value.components() : [Number(value)];
  return { name, type: typeOf(value) ?? typeof value, value: encodeAll(words) };
}

function encodeAll(values) {
  return Array.from(values, encode);
}

// JSON has no NaN, infinities or negative zero: they are written as text.
function encode(value) {
  return Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value);
}
