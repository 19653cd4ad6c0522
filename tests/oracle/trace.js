// Runs a case on the oracle and records its trace: the interfaces it made and every call with what it must give.

import { typeOfLeaves } from '../../packages/hpc.js/esm/data.js';
import { describeInterface } from '../../packages/hpc.js/esm/description.js';
import { describeUniform } from '../../packages/hpc.js/esm/uniforms.js';
import { componentsOf, isVector } from '../../packages/hpc.js/esm/vector_family.js';
import { runCase } from './case.js';
import { asWritten, ORACLE } from './observed.js';

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
  await runCase(module, {
    options: ORACLE,
    kernel: asWritten,
    started(gpu, spec) {
      interfaces.set(gpu, trace.interfaces.length);
      trace.interfaces.push(describe(spec));
    },
    called(gpu, step, act) {
      const position = trace.steps.push(undefined) - 1;
      const note = (outcome) => {
        trace.steps[position] = encodeStep({ interface: interfaces.get(gpu), ...step }, outcome, module.tolerance);
      };
      // What must be refused is not tried: plain JavaScript would accept it.
      return step.code === undefined ? noting(act, note) : note({ error: new Error(step.code) });
    },
  });
  return trace;
}

// Calls `act` and notes what becomes of it, now or when its promise settles.
function noting(act, note) {
  try {
    const result = act();
    if (!(result instanceof Promise)) {
      note({ result });
      return result;
    }
    note({});
    return result.then(
      (value) => (note({ result: value }), value),
      (error) => {
        note({ error });
        throw error;
      },
    );
  } catch (error) {
    note({ error });
    throw error;
  }
}

function describe({ buffers = [], uniforms = {}, canvas: surface, options = {} }) {
  return {
    buffers: buffers.flatMap(describeBuffer),
    uniforms: Object.entries(uniforms).map(([name, value]) => encodeUniform(name, value)),
    canvas: surface ? [surface.width, surface.height] : null,
    useCpu: options.useCpu ?? false,
  };
}

function describeBuffer(spec) {
  const { name, type, size, initialData } = spec;
  const described = describeInterface({ buffers: [spec] });
  if (described.records.size > 0) {
    const columns = [...described.buffers.values()];
    return columns.map(({ path, type, size, data = [] }) => ({ name: path, type, size, data: encodeAll(data) }));
  }
  return {
    name,
    type: type ?? (initialData === undefined ? 'number' : typeOfLeaves(initialData, name)),
    size,
    data: encodeAll(initialData === undefined ? [] : flatten(initialData).components),
  };
}

function encodeStep({ code, values, ...step }, { result, error }, tolerance = DEFAULT_TOLERANCE) {
  const encoded = { ...step };
  if (error) {
    encoded.fails = error.message;
  }
  if (result && step.do.startsWith('read')) {
    encoded.expect = encodeAll(values ? expectation(result, values) : result);
    encoded.tolerance = step.tolerance ?? tolerance;
  }
  if (step.do === 'run') {
    encoded.extents = step.extents.map((extent) => (typeof extent === 'number' ? encode(extent) : String(extent)));
  }
  if (step.do === 'setUniforms') {
    encoded.values = Object.entries(values).map(([name, value]) => encodeUniform(name, value));
  }
  if (step.do === 'writeBuffer') {
    const { type, components } = flatten(step.data);
    encoded.data = { type, shape: shapeOf(step.data), components: encodeAll(components) };
  }
  return encoded;
}

// Numbers, booleans or vectors as the program states them, packed and converted as a read gives them.
export function expectation(result, values) {
  const components = values.flatMap((value) => [...numbersOf(value), ...(/^vec3/.test(value.type) ? [0] : [])]);
  if (components.length !== result.length) {
    throw new Error(`a read gives ${result.length} numbers, and ${components.length} are expected`);
  }
  return new result.constructor(components);
}

// The components of all leaves and their type, 'mixed' if they differ.
function flatten(data) {
  const leaves = [data].flat(Infinity).flatMap((leaf) => (ArrayBuffer.isView(leaf) ? [...leaf] : [leaf]));
  const leafTypes = new Set(leaves.map(typeOf));
  return {
    type: leafTypes.size === 1 ? [...leafTypes][0] : 'mixed',
    components: leaves.flatMap(numbersOf),
  };
}

// The extents of nested arrays, of which the innermost may be typed; undefined if they are ragged.
function shapeOf(data) {
  if (ArrayBuffer.isView(data)) {
    return [data.length];
  }
  if (!Array.isArray(data)) {
    return [];
  }
  const inner = data.map(shapeOf);
  const regular = inner.every((shape) => shape !== undefined && shape.join() === inner[0].join());
  return regular ? [data.length, ...(inner[0] ?? [])] : undefined;
}

// What is refused is recorded too, in whatever words.
function encodeUniform(name, value) {
  try {
    const { type, numbers } = describeUniform(name, value);
    return { name, type, value: encodeAll(numbers) };
  } catch {
    return { name, type: typeof value, value: encodeAll([Number(value)]) };
  }
}

// What a leaf consists of; booleans are 1 and 0.
function numbersOf(leaf) {
  return isVector(leaf) ? componentsOf(leaf) : [typeof leaf === 'boolean' ? Number(leaf) : leaf];
}

function typeOf(value) {
  if (isVector(value)) {
    return value.type;
  }
  return ['number', 'boolean'].includes(typeof value) ? typeof value : undefined;
}

function encodeAll(values) {
  return Array.from(values, encode);
}

// JSON has no NaN, infinities or negative zero: they are written as text.
function encode(value) {
  return Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value);
}
