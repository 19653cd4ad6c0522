// What the constructor is given, checked: everything that can be found wrong without a device is found here.

import { describeSharing, type Sharing } from './context.js';
import { describe, elementCount, MOST_EXTENTS, pack, typeOfLeaves, type Shape } from './data.js';
import { ELEMENT_NAMES } from './elements.js';
import { refusal } from './errors.js';
import { describeExternal, type External } from './external.js';
import { entriesOf, fieldsOf } from './fields.js';
import { MOST_LOGGED } from './log.js';
import type { GPUInterfaceSpec } from './interface.js';
import { checkName } from './names.js';
import { isPrecompiled } from './precompiled.js';
import { columnsOf, describeRecord, holdsRecords, isRecord, packRecords, typeOfRecords, type RecordBuffer } from './records.js';
import { didYouMeanType, shortened } from './suggest.js';
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
const SPEC_KEYS = ['buffers', 'uniforms', 'canvas', 'context', 'device', 'options'] as const satisfies (keyof GPUInterfaceSpec<[], {}, undefined>)[];
const BUFFER_KEYS = ['name', 'size', 'type', 'initialData', 'resizable', 'usage', 'gpuBuffer'] as const satisfies (keyof BufferSpec)[];
const OPTION_KEYS = [
  'useCpu', 'numRandSeeds', 'backend', 'seed', 'adapter', 'tuned', 'loopLimit', 'logLimit', 'slice', 'deterministic', 'recover', 'onRecover', 'onReport', 'onLog',
] as const satisfies (keyof GPUInterfaceOptions)[];
const UNCHECKED = Symbol.for('hpc.js:unchecked');

/** A buffer, and what it holds at first unless that is zeros. */
export interface Buffer extends Shape, External {
  /** The way to it where it is a column of a buffer of objects. */
  readonly path?: string;
  /** Whether its size can change. */
  readonly resizable?: boolean;
  data?: TypedArray | undefined;
}

/** Everything that the constructor was given. */
export interface Description {
  /** The buffers of values, among them the columns of those of objects: `particles.velocity`. */
  readonly buffers: Map<string, Buffer>;
  /** The buffers of objects. */
  readonly records: Map<string, RecordBuffer>;
  readonly uniforms: Map<string, Uniform>;
  readonly canvas: CanvasLike | undefined;
  /** What it shares a device with, if it names that. */
  readonly context: Sharing | undefined;
  readonly useCpu: boolean;
  readonly numRandSeeds: number;
  readonly backend: BackendName | undefined;
  readonly seed: number | undefined;
  readonly adapter: string | undefined;
  readonly tuned: TunedRuns | undefined;
  readonly loopLimit: number | undefined;
  readonly logLimit: number | undefined;
  readonly deterministic: boolean;
  readonly onLog: ((line: string) => void) | undefined;
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
  const { buffers = [], uniforms = {}, canvas, context, device, options = {} } = fieldsOf(spec, 'the argument of GPUInterface', SPEC_KEYS);
  return {
    ...describeBuffers(buffers),
    uniforms: describeUniforms(uniforms),
    canvas: canvas === undefined || canvas === null ? undefined : checkedCanvas(canvas),
    context: describeSharing(context, device),
    ...describeOptions(options),
    isPrecompiled: isPrecompiled(spec as object),
  };
}

function describeBuffers(specs: unknown): Pick<Description, 'buffers' | 'records'> {
  if (!Array.isArray(specs)) {
    throw refusal(new TypeError(`buffers must be an array of { name, size, … }, not ${describe(specs)}`));
  }
  const buffers = new Map<string, Buffer>();
  const records = new Map<string, RecordBuffer>();
  for (let index = 0; index < specs.length; index++) {
    const { record, parts } = describeBuffer(specs[index], `buffers[${index}]`);
    const name = record?.name ?? parts[0]!.name;
    if (buffers.has(name) || records.has(name)) {
      throw refusal(new Error(`two buffers are called "${shortened(name)}"; rename one`));
    }
    if (record) {
      records.set(name, record);
    }
    parts.forEach((part) => buffers.set(part.name, part));
  }
  return { buffers, records };
}

/** A buffer of values, or one of objects and its columns. */
export interface Described {
  readonly record?: RecordBuffer;
  readonly parts: Buffer[];
}

/** A buffer that is made later, whose size can change. */
export function describeLater(spec: unknown): Described {
  return describeBuffer(spec, 'the argument of createBuffer', true);
}

/** The extents that a buffer is to get, as many as it has. */
export function describeSize(size: unknown, { name, size: before }: Pick<Shape, 'name' | 'size'>): Size {
  const what = `the buffer "${shortened(name)}"`;
  const checked = checkSize(size, what);
  if (checked.length !== before.length) {
    throw refusal(new RangeError(`${what} of size [${before}] cannot get size [${checked}]: kernels index it by its number of dimensions, so give as many extents, or create another buffer`));
  }
  return checked;
}

function describeBuffer(spec: unknown, where: string, isLater = false): Described {
  const { resizable = false, usage, gpuBuffer, ...given } = fieldsOf(spec, where, BUFFER_KEYS);
  if (typeof resizable !== 'boolean') {
    throw refusal(new TypeError(`${where}.resizable must be a boolean, not ${describe(resizable)}`));
  }
  const { record, parts: values } = describeContents(given, where);
  const parts = resizable || isLater ? values.map((part) => ({ ...part, resizable: true })) : values;
  const external = describeExternal(usage, gpuBuffer, parts, `the buffer "${shortened(record?.name ?? parts[0]!.name)}"`);
  return { ...(record && { record }), parts: parts.map((part) => ({ ...part, ...external })) };
}

function describeContents({ name, size, type, initialData }: Record<'name' | 'size' | 'type' | 'initialData', unknown>, where: string): Described {
  const checkedName = checkName(name, `${where}.name`);
  const what = `the buffer "${shortened(checkedName)}"`;
  const shape = { name: checkedName, size: checkSize(size, what) };
  if (isRecord(type)) {
    return describeObjects(shape, type, initialData);
  }
  const declared = type === undefined ? undefined : checkType(type, what);
  if (initialData === undefined) {
    return { parts: [{ ...shape, type: declared ?? 'number' }] };
  }
  if (declared === undefined && holdsRecords(initialData)) {
    return describeObjects(shape, typeOfRecords(initialData, `initialData of ${what}`), initialData);
  }
  const typed = { ...shape, type: declared ?? typeOfLeaves(initialData, `initialData of ${what}`) };
  return { parts: [{ ...typed, data: pack(initialData, typed, 'initialData') }] };
}

function describeObjects({ name, size }: Pick<Shape, 'name' | 'size'>, type: unknown, initialData: unknown): Described {
  const record = describeRecord(name, size, type);
  const columns = columnsOf(record.fields);
  for (const { name: column, size: extents } of columns) {
    checkCount(extents, `the buffer "${shortened(column)}"`);
  }
  if (initialData === undefined) {
    return { record, parts: columns.map((column) => ({ ...column })) };
  }
  const contents = packRecords(initialData, record, 'initialData');
  return { record, parts: columns.map((column) => ({ ...column, data: contents.get(column) })) };
}

function checkType(type: unknown, what: string): ElementName {
  if (typeof type !== 'string') {
    throw refusal(new TypeError(`the type of ${what} must be the name of one, such as 'i32', or an object of fields, not ${describe(type)}`));
  }
  if (!(ELEMENT_NAMES as readonly string[]).includes(type)) {
    throw refusal(new TypeError(`the type of ${what} cannot be "${shortened(type)}"; ${didYouMeanType(type, ELEMENT_NAMES)}`));
  }
  return type as ElementName;
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
  checkCount(checked, what);
  return checked;
}

export function checkCount(size: Size, what: string): void {
  if (elementCount(size) > MAX_EXTENT) {
    throw refusal(new RangeError(`the size [${size}] of ${what} is more than ${MAX_EXTENT} elements`));
  }
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

type Options = Omit<Description, 'buffers' | 'records' | 'uniforms' | 'canvas' | 'context' | 'isPrecompiled'>;

function describeOptions(options: unknown): Options {
  const given = fieldsOf(options, 'options', OPTION_KEYS);
  const { useCpu = false, numRandSeeds = 65536, backend, seed, adapter, tuned, onReport } = given;
  const { loopLimit, logLimit, slice, deterministic = false, recover = false, onRecover, onLog } = given;
  demand(typeof useCpu === 'boolean', 'useCpu', 'a boolean', useCpu);
  demand(Number.isInteger(numRandSeeds) && (numRandSeeds as number) > 0, 'numRandSeeds', 'a positive integer', numRandSeeds);
  demand(backend === undefined || BACKENDS.includes(backend as string), 'backend', "'gpu', 'cpu' or 'debug'", backend);
  demand(seed === undefined || (Number.isSafeInteger(seed) && (seed as number) >= 0), 'seed', 'a non-negative integer', seed);
  demand(adapter === undefined || typeof adapter === 'string', 'adapter', 'a string', adapter);
  demand(tuned === undefined || TUNED_RUNS.includes(tuned as string), 'tuned', "'never', 'large' or 'always'", tuned);
  demand(loopLimit === undefined || isRounds(loopLimit), 'loopLimit', `an integer from 1 to ${MOST_ROUNDS}`, loopLimit);
  demand(logLimit === undefined || isCount(logLimit), 'logLimit', `an integer from 0 to ${MOST_LOGGED}`, logLimit);
  demand(onLog === undefined || typeof onLog === 'function', 'onLog', 'a function', onLog);
  demand(slice === undefined || isTime(slice), 'slice', `a number of milliseconds from 0 to ${LONGEST_SLICE}`, slice);
  demand(typeof deterministic === 'boolean', 'deterministic', 'a boolean', deterministic);
  demand(typeof recover === 'boolean', 'recover', 'a boolean', recover);
  demand(onRecover === undefined || typeof onRecover === 'function', 'onRecover', 'a function', onRecover);
  demand(onReport === undefined || typeof onReport === 'function', 'onReport', 'a function', onReport);
  const isUnchecked = UNCHECKED in (options as object);
  return { useCpu, numRandSeeds, backend, seed, adapter, tuned, loopLimit, logLimit, slice, deterministic, recover, onRecover, onReport, onLog, isUnchecked } as Options;
}

function isTime(slice: unknown): boolean {
  return typeof slice === 'number' && slice >= 0 && slice <= LONGEST_SLICE;
}

function isCount(calls: unknown): boolean {
  return Number.isInteger(calls) && (calls as number) >= 0 && (calls as number) <= MOST_LOGGED;
}

function isRounds(limit: unknown): boolean {
  return Number.isInteger(limit) && (limit as number) >= 1 && (limit as number) <= MOST_ROUNDS;
}

function demand(holds: boolean, option: string, wanted: string, given: unknown): void {
  if (!holds) {
    throw refusal(new TypeError(`options.${option} must be ${wanted}, not ${describe(given)}`));
  }
}
