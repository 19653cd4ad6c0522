// What the constructor is given, checked: everything that can be found wrong without a device is found here.

import { describe, elementCount, MOST_EXTENTS, pack, typeOfLeaves, type Shape } from './data.js';
import { ELEMENT_NAMES } from './elements.js';
import { refusal } from './errors.js';
import { entriesOf, fieldsOf } from './fields.js';
import type { GPUInterfaceSpec } from './interface.js';
import { isPrecompiled } from './precompiled.js';
import { didYouMean, shortened } from './suggest.js';
import type {
  BackendName, BufferSpec, CanvasLike, DebugReport, ElementName, GPUInterfaceOptions, RecoveryEvent, Size, TunedRuns, TypedArray,
} from './types.js';
import { describeUniform, type Uniform } from './uniforms.js';

/** The largest extent, and the largest product of extents. */
export const MAX_EXTENT = 2 ** 31 - 1;

/** The most rounds that loops can be allowed. */
const MOST_ROUNDS = 2 ** 32 - 1;

/** The longest slices that runs can be cut into, in milliseconds. */
const LONGEST_SLICE = 60_000;

const BACKENDS = ['gpu', 'cpu', 'debug', 'noop'];
const TUNED_RUNS = ['never', 'large', 'always'];
const SPEC_KEYS = ['buffers', 'uniforms', 'canvas', 'options'] as const satisfies (keyof GPUInterfaceSpec<[], {}, undefined>)[];
const BUFFER_KEYS = ['name', 'size', 'type', 'initialData'] as const satisfies (keyof BufferSpec)[];
const OPTION_KEYS = [
  'useCpu', 'numRandSeeds', 'backend', 'seed', 'adapter', 'tuned', 'loopLimit', 'slice', 'recover', 'onRecover', 'onReport',
] as const satisfies (keyof GPUInterfaceOptions)[];
const UNCHECKED = Symbol.for('hpc.js:unchecked');
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
  readonly loopLimit: number | undefined;
  readonly slice: number | undefined;
  readonly recover: boolean;
  readonly onRecover: ((event: RecoveryEvent) => void) | undefined;
  readonly onReport: ((report: DebugReport) => void) | undefined;
  /** Whether kernels of it were compiled when the application was built. */
  readonly isPrecompiled: boolean;
  /** Whether the debug backend takes kernels that no compiler was asked about: the oracle of our tests judges compilers. */
  readonly isUnchecked: boolean;
}

export function describeInterface(spec: unknown = {}): Description {
  const { buffers = [], uniforms = {}, canvas, options = {} } = fieldsOf(spec, 'the argument of GPUInterface', SPEC_KEYS);
  return {
    buffers: describeBuffers(buffers),
    uniforms: describeUniforms(uniforms),
    canvas: canvas === undefined || canvas === null ? undefined : checkedCanvas(canvas),
    ...describeOptions(options),
    isPrecompiled: isPrecompiled(spec as object),
  };
}

function describeBuffers(specs: unknown): Map<string, Buffer> {
  if (!Array.isArray(specs)) {
    throw refusal(new TypeError(`buffers must be an array of { name, size, … }, not ${describe(specs)}`));
  }
  const buffers = new Map<string, Buffer>();
  for (let index = 0; index < specs.length; index++) {
    const buffer = describeBuffer(specs[index], `buffers[${index}]`);
    if (buffers.has(buffer.name)) {
      throw refusal(new Error(`two buffers are called "${shortened(buffer.name)}"; rename one`));
    }
    buffers.set(buffer.name, buffer);
  }
  return buffers;
}

function describeBuffer(spec: unknown, where: string): Buffer {
  const { name, size, type, initialData } = fieldsOf(spec, where, BUFFER_KEYS);
  const checkedName = checkName(name, `${where}.name`);
  const what = `the buffer "${shortened(checkedName)}"`;
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
    throw refusal(new TypeError(`the type of ${what} must be the name of one, such as 'i32', not ${describe(type)}`));
  }
  if (!(ELEMENT_NAMES as readonly string[]).includes(type)) {
    throw refusal(new TypeError(`the type of ${what} cannot be "${shortened(type)}"; ${didYouMean(type, 'types', ELEMENT_NAMES)}`));
  }
  return type as ElementName;
}

function checkName(name: unknown, what: string): string {
  if (typeof name !== 'string') {
    throw refusal(new TypeError(`${what} must be a string, not ${describe(name)}`));
  }
  if (!IDENTIFIER.test(name) || name.startsWith(RESERVED_PREFIX)) {
    throw refusal(new Error(`${what} cannot be "${shortened(name)}": use letters, digits, _ and $, no digit first, and not ${RESERVED_PREFIX} in front`));
  }
  return name;
}

function checkSize(size: unknown, what: string): Size {
  const length = Array.isArray(size) ? size.length : 0;
  if (!Array.isArray(size) || !(length >= 1 && length <= MOST_EXTENTS)) {
    throw refusal(new TypeError(`the size of ${what} must be an array of one to three integers, not ${describe(size)}`));
  }
  const extents = Array.from({ length }, (_, index) => size[index] as unknown);
  for (const extent of extents) {
    if (!Number.isInteger(extent) || (extent as number) < 1) {
      throw refusal(new RangeError(`the size of ${what} must hold positive integers, not ${describe(extent)}`));
    }
  }
  const checked = extents as unknown as Size;
  if (elementCount(checked) > MAX_EXTENT) {
    throw refusal(new RangeError(`the size [${checked}] of ${what} is more than ${MAX_EXTENT} elements`));
  }
  return checked;
}

function describeUniforms(uniforms: unknown): Map<string, Uniform> {
  const values = entriesOf(uniforms, 'uniforms');
  return new Map(values.map(([name, value]) => [checkName(name, 'the name of a uniform'), describeUniform(name, value)]));
}

/** The size of a canvas, if it is sensible. */
export function checkCanvas(canvas: unknown): CanvasLike {
  if (typeof canvas !== 'object' || canvas === null) {
    throw refusal(new TypeError(`canvas must be an object with a width and a height, not ${describe(canvas)}`));
  }
  const { width, height } = canvas as { readonly width?: unknown; readonly height?: unknown };
  for (const [side, extent] of Object.entries({ width, height })) {
    if (!Number.isInteger(extent) || (extent as number) < 1) {
      throw refusal(new RangeError(`the ${side} of the canvas must be a positive integer, not ${describe(extent)}`));
    }
  }
  const size = { width, height } as CanvasLike;
  if (size.width * size.height > MAX_EXTENT) {
    throw refusal(new RangeError(`a canvas of ${width} x ${height} is more than ${MAX_EXTENT} pixels`));
  }
  return size;
}

function checkedCanvas(canvas: unknown): CanvasLike {
  checkCanvas(canvas);
  return canvas as CanvasLike;
}

type Options = Omit<Description, 'buffers' | 'uniforms' | 'canvas' | 'isPrecompiled'>;

function describeOptions(options: unknown): Options {
  const given = fieldsOf(options, 'options', OPTION_KEYS);
  const { useCpu = false, numRandSeeds = 65536, backend, seed, adapter, tuned, onReport } = given;
  const { loopLimit, slice, recover = false, onRecover } = given;
  demand(typeof useCpu === 'boolean', 'useCpu', 'a boolean', useCpu);
  demand(Number.isInteger(numRandSeeds) && (numRandSeeds as number) > 0, 'numRandSeeds', 'a positive integer', numRandSeeds);
  demand(backend === undefined || BACKENDS.includes(backend as string), 'backend', "'gpu', 'cpu' or 'debug'", backend);
  demand(seed === undefined || (Number.isSafeInteger(seed) && (seed as number) >= 0), 'seed', 'a non-negative integer', seed);
  demand(adapter === undefined || typeof adapter === 'string', 'adapter', 'a string', adapter);
  demand(tuned === undefined || TUNED_RUNS.includes(tuned as string), 'tuned', "'never', 'large' or 'always'", tuned);
  demand(loopLimit === undefined || isRounds(loopLimit), 'loopLimit', `an integer from 1 to ${MOST_ROUNDS}`, loopLimit);
  demand(slice === undefined || isTime(slice), 'slice', `a number of milliseconds from 0 to ${LONGEST_SLICE}`, slice);
  demand(typeof recover === 'boolean', 'recover', 'a boolean', recover);
  demand(onRecover === undefined || typeof onRecover === 'function', 'onRecover', 'a function', onRecover);
  demand(onReport === undefined || typeof onReport === 'function', 'onReport', 'a function', onReport);
  const isUnchecked = UNCHECKED in (options as object);
  return { useCpu, numRandSeeds, backend, seed, adapter, tuned, loopLimit, slice, recover, onRecover, onReport, isUnchecked } as Options;
}

function isTime(slice: unknown): boolean {
  return typeof slice === 'number' && slice >= 0 && slice <= LONGEST_SLICE;
}

function isRounds(limit: unknown): boolean {
  return Number.isInteger(limit) && (limit as number) >= 1 && (limit as number) <= MOST_ROUNDS;
}

function demand(holds: boolean, option: string, wanted: string, given: unknown): void {
  if (!holds) {
    throw refusal(new TypeError(`options.${option} must be ${wanted}, not ${describe(given)}`));
  }
}
