// What the constructor is given, checked: everything that can be found wrong without a device is found here.

import { describe, elementCount, pack, typeOfLeaves, type Shape } from './data.js';
import { ELEMENT_NAMES } from './elements.js';
import { isPrecompiled } from './precompiled.js';
import { didYouMean } from './suggest.js';
import type { BackendName, CanvasLike, DebugReport, ElementName, Size, TunedRuns, TypedArray } from './types.js';
import { describeUniform, type Uniform } from './uniforms.js';

/** The largest extent, and the largest product of extents. */
export const MAX_EXTENT = 2 ** 31 - 1;

const BACKENDS = ['gpu', 'cpu', 'debug', 'noop'];
const TUNED_RUNS = ['never', 'large', 'always'];
const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$\u200C\u200D]*$/u;
const RESERVED_PREFIX = 'hpc__';

/** A buffer, and what it holds at first unless that is zeros. */
export interface Buffer extends Shape {
  data?: TypedArray | undefined;
}

/** Everything that the constructor was given. */
export interface Description {
  readonly buffers: Map<string, Buffer>;
  readonly uniforms: Map<string, Uniform>;
  readonly canvas: CanvasLike | undefined;
  readonly useCpu: boolean;
  readonly numRandSeeds: number;
  readonly backend: BackendName | undefined;
  readonly seed: number | undefined;
  readonly adapter: string | undefined;
  readonly tuned: TunedRuns | undefined;
  readonly onReport: ((report: DebugReport) => void) | undefined;
  /** Whether kernels of it were compiled when the application was built. */
  readonly isPrecompiled: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

export function describeInterface(given: unknown = {}): Description {
  const spec = object(given, 'the argument of GPUInterface');
  const { buffers = [], uniforms = {}, canvas, options = {} } = spec;
  if (!Array.isArray(buffers)) {
    throw new TypeError(`buffers must be an array of { name, size, … }, not ${describe(buffers)}`);
  }
  const checked = new Map<string, Buffer>();
  buffers.forEach((spec: unknown, index) => {
    const buffer = describeBuffer(spec, `buffers[${index}]`);
    if (checked.has(buffer.name)) {
      throw new Error(`two buffers are called "${buffer.name}"; rename one`);
    }
    checked.set(buffer.name, buffer);
  });
  return {
    buffers: checked,
    uniforms: describeUniforms(object(uniforms, 'uniforms')),
    canvas: canvas === undefined || canvas === null ? undefined : checkedCanvas(canvas),
    ...describeOptions(object(options, 'options')),
    isPrecompiled: isPrecompiled(spec),
  };
}

function describeBuffer(given: unknown, where: string): Buffer {
  const { name, size, type, initialData } = object(given, where);
  const checkedName = checkName(name, `${where}.name`);
  const what = `the buffer "${checkedName}"`;
  const checkedSize = checkSize(size, what);
  const shape = { name: checkedName, size: checkedSize, type: type === undefined ? undefined : checkType(type, what) };
  if (initialData === undefined) {
    return { ...shape, type: shape.type ?? 'number' };
  }
  const typed = { ...shape, type: shape.type ?? typeOfLeaves(initialData, `initialData of ${what}`) };
  return { ...typed, data: pack(initialData, typed, 'initialData') };
}

function checkType(type: unknown, what: string): ElementName {
  if (typeof type !== 'string') {
    throw new TypeError(`the type of ${what} must be the name of one, such as 'i32', not ${describe(type)}`);
  }
  if (!(ELEMENT_NAMES as readonly string[]).includes(type)) {
    throw new TypeError(`the type of ${what} cannot be "${type}"; ${didYouMean(type, 'types', ELEMENT_NAMES)}`);
  }
  return type as ElementName;
}

function checkName(name: unknown, what: string): string {
  if (typeof name !== 'string') {
    throw new TypeError(`${what} must be a string, not ${describe(name)}`);
  }
  if (!IDENTIFIER.test(name) || name.startsWith(RESERVED_PREFIX)) {
    throw new Error(`${what} cannot be "${name}": use letters, digits, _ and $, no digit first, and not ${RESERVED_PREFIX} in front`);
  }
  return name;
}

function checkSize(size: unknown, what: string): Size {
  if (!Array.isArray(size) || size.length < 1 || size.length > 3) {
    throw new TypeError(`the size of ${what} must be an array of one to three integers, not ${describe(size)}`);
  }
  for (const extent of size) {
    if (!Number.isInteger(extent) || extent < 1) {
      throw new RangeError(`the size of ${what} must hold positive integers, not ${describe(extent)}`);
    }
  }
  const copy = [...size] as unknown as Size;
  if (elementCount(copy) > MAX_EXTENT) {
    throw new RangeError(`the size [${size}] of ${what} is more than ${MAX_EXTENT} elements`);
  }
  return copy;
}

function describeUniforms(given: Fields): Map<string, Uniform> {
  const names = Object.keys(given);
  return new Map(names.map((name) => [checkName(name, 'the name of a uniform'), describeUniform(name, given[name])]));
}

/** The size of a canvas, if it is sensible. */
export function checkCanvas(canvas: unknown): CanvasLike {
  const { width, height } = object(canvas, 'canvas');
  for (const [side, extent] of Object.entries({ width, height })) {
    if (!Number.isInteger(extent) || (extent as number) < 1) {
      throw new RangeError(`the ${side} of the canvas must be a positive integer, not ${describe(extent)}`);
    }
  }
  const size = { width, height } as CanvasLike;
  if (size.width * size.height > MAX_EXTENT) {
    throw new RangeError(`a canvas of ${width} x ${height} is more than ${MAX_EXTENT} pixels`);
  }
  return size;
}

function checkedCanvas(canvas: unknown): CanvasLike {
  checkCanvas(canvas);
  return canvas as CanvasLike;
}

type Options = Omit<Description, 'buffers' | 'uniforms' | 'canvas' | 'isPrecompiled'>;

function describeOptions(given: Fields): Options {
  const { useCpu = false, numRandSeeds = 65536, backend, seed, adapter, tuned, onReport } = given;
  demand(typeof useCpu === 'boolean', 'useCpu', 'a boolean', useCpu);
  demand(Number.isInteger(numRandSeeds) && (numRandSeeds as number) > 0, 'numRandSeeds', 'a positive integer', numRandSeeds);
  demand(backend === undefined || BACKENDS.includes(backend as string), 'backend', "'gpu', 'cpu' or 'debug'", backend);
  demand(seed === undefined || (Number.isSafeInteger(seed) && (seed as number) >= 0), 'seed', 'a non-negative integer', seed);
  demand(adapter === undefined || typeof adapter === 'string', 'adapter', 'a string', adapter);
  demand(tuned === undefined || TUNED_RUNS.includes(tuned as string), 'tuned', "'never', 'large' or 'always'", tuned);
  demand(onReport === undefined || typeof onReport === 'function', 'onReport', 'a function', onReport);
  return { useCpu, numRandSeeds, backend, seed, adapter, tuned, onReport } as Options;
}

function demand(holds: boolean, option: string, wanted: string, given: unknown): void {
  if (!holds) {
    throw new TypeError(`options.${option} must be ${wanted}, not ${describe(given)}`);
  }
}

function object(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${what} must be an object, not ${describe(value)}`);
  }
  return value as Fields;
}
