// Nested arrays and typed arrays as the flat typed arrays that hold buffers: a vector of three takes four components, the last one zero.

import {
  arrayClassOf, componentsIn, halvesAreSingles, scalarOf, slotsOf, typeOfArray, valueTypeOf, zeros,
} from './elements.js';
import { refusal } from './errors.js';
import { toHalf } from './half.js';
import { shortened } from './suggest.js';
import type { ElementName, Size, TypedArray } from './types.js';
import { COMPONENTS, isVector, partsOf, type VectorParts } from './vector_family.js';
import { arrayName, isShared, lengthOf, plainly, whyEmpty } from './views.js';

/** How deep arrays are nested at most. */
export const MOST_EXTENTS = 3;

const NO_BIGINTS = 'no buffer holds bigints: convert them to numbers, as in a Float64Array';

/** Which buffer data are for. */
export interface Shape {
  readonly name: string;
  readonly type: ElementName;
  readonly size: Size;
}

export function elementCount(size: Size): number {
  return size.reduce((product: number, extent) => product * extent, 1);
}

/** The type of the first leaf. `what` names the data in messages. Throws if it is nothing that a buffer holds. */
export function typeOfLeaves(data: unknown, what: string): ElementName {
  let leaf = data;
  for (let depth = 0; depth < MOST_EXTENTS && Array.isArray(leaf); depth++) {
    leaf = leaf[0];
  }
  if (typeof leaf === 'number' || typeof leaf === 'boolean') {
    return typeof leaf as 'number' | 'boolean';
  }
  const array = arrayName(leaf);
  const type = array === undefined ? isVector(leaf) && leaf.type : typeOfArray(array);
  if (!type) {
    const mend = array === undefined && typeof leaf !== 'bigint' ? 'leave it out for zeros' : NO_BIGINTS;
    throw refusal(new TypeError(`${what} must hold numbers, booleans or vectors; ${mend}`));
  }
  return type;
}

/** The components for a buffer, a copy of `data`. `what` names the argument in messages. Throws if the data do not fit. */
export function pack(data: unknown, shape: Shape, what: string): TypedArray {
  const filling = new Filling(shape, what);
  if (arrayName(data) === undefined) {
    fillLevel(filling, data, 0, 0, '');
  } else {
    setRow(filling, data as TypedArray, 0, elementCount(shape.size) * slotsOf(shape.type), '');
  }
  clearPads(filling.packed, shape.type);
  return filling.packed;
}

/** Zeros for a whole buffer. Throws if there is not enough memory. */
export function zerosFor({ name, type, size }: Shape): TypedArray {
  try {
    return zeros(type, elementCount(size));
  } catch (error) {
    const message = `there is not enough memory for the buffer "${shortened(name)}" (${type}, size [${size}]): make it smaller`;
    throw refusal(new RangeError(message, { cause: error }), 'OutOfMemory');
  }
}

/** The same without a copy where none is needed: the result is for immediate use, and what lies beside a vector of three may not be zero. */
export function packForNow(data: unknown, shape: Shape, what: string): TypedArray {
  const { type, size } = shape;
  const arrayClass = arrayClassOf(type);
  const array = data as TypedArray;
  const isAsRead = arrayName(data) === arrayClass.name && lengthOf(array) === elementCount(size) * slotsOf(type);
  // Nobody is to look at memory that other threads write.
  return isAsRead && !isConverted(type) && !isShared(array) ? plainly(array, arrayClass) : pack(data, shape, what);
}

// Whether an array of the right class may still hold what a buffer does not.
function isConverted(type: ElementName): boolean {
  return type === 'boolean' || (type === 'f16' && halvesAreSingles);
}

/** A component as a buffer keeps it, as far as its array does not see to that. */
export function kept(type: ElementName, component: number): number {
  return type === 'f16' && halvesAreSingles ? toHalf(component) : type === 'boolean' ? Number(component !== 0) : component;
}

/** Zeros beside vectors of three. */
export function clearPads(packed: TypedArray, type: ElementName): void {
  if (componentsIn(type) < slotsOf(type)) {
    for (let pad = 3; pad < packed.length; pad += 4) {
      packed[pad] = 0;
    }
  }
}

/** A buffer that is being filled. */
export class Filling {
  #packed: TypedArray | undefined;

  constructor(
    readonly shape: Shape,
    readonly what: string,
  ) {}

  /** What it holds so far. Memory is taken only when there is something to put into it. */
  get packed(): TypedArray {
    return (this.#packed ??= zerosFor(this.shape));
  }
}

/** Fills what the first `depth` indices select, the elements from `start` on; `path` is the way there, such as `[1].trail`. */
export function fillAt(filling: Filling, data: unknown, depth: number, start: number, path: string): void {
  if (depth === filling.shape.size.length) {
    setLeaf(filling, data, start, path);
  } else {
    fillLevel(filling, data, depth, start, path);
  }
}

// Fills what one index selects; `start` counts elements, `path` is the way there, such as `[1][2]`.
function fillLevel(filling: Filling, data: unknown, depth: number, start: number, path: string): void {
  const { shape, what } = filling;
  const extent = shape.size[depth]!;
  const stride = elementCount(shape.size.slice(depth + 1) as unknown as Size);
  const isLast = depth === shape.size.length - 1;
  if (isLast && arrayName(data) !== undefined) {
    const slots = slotsOf(shape.type);
    setRow(filling, data as TypedArray, start * slots, extent * slots, path);
    return;
  }
  if (!Array.isArray(data)) {
    throw refusal(new TypeError(`${what}${path} must be an array of ${extent}, as the size [${shape.size}] of ${quoted(shape)} says, not ${describe(data)}`));
  }
  const { length } = data;
  if (length !== extent) {
    throw refusal(new RangeError(`${what}${path} has ${length} elements, but the size [${shape.size}] of ${quoted(shape)} wants ${extent}`));
  }
  for (let index = 0; index < extent; index++) {
    if (isLast) {
      setLeaf(filling, data[index], start + index, path, index);
    } else {
      fillLevel(filling, data[index], depth + 1, start + index * stride, `${path}[${index}]`);
    }
  }
}

// `index`, if there is one, is the last part of the way: it is seldom wanted, and texts cost time.
function setLeaf(filling: Filling, leaf: unknown, element: number, path: string, index?: number): void {
  const { shape } = filling;
  const where = () => filling.what + path + (index === undefined ? '' : `[${index}]`);
  const { type } = shape;
  const wanted = valueTypeOf(type);
  if (typeof leaf === wanted) {
    filling.packed[element] = kept(type, Number(leaf));
    return;
  }
  const vector = vectorAt(leaf, where);
  if (vector?.type === wanted) {
    const { packed } = filling;
    const start = element * slotsOf(type);
    for (let component = 0; component < vector.components.length; component++) {
      packed[start + component] = vector.components[component]!;
    }
    return;
  }
  const why = wanted === type ? `the type of ${quoted(shape)}` : `as ${quoted(shape)} is of ${type}`;
  throw refusal(new TypeError(`${where()} must be a ${wanted}, ${why}, not ${vector ? `a ${vector.type}` : describe(leaf)}`));
}

function isNoNumber(component: unknown): boolean {
  return typeof component !== 'number';
}

/** The parts of what may be a vector; `where` says where it stands. */
export function vectorAt(value: unknown, where: () => string): VectorParts | undefined {
  const parts = partsOf(value);
  const wrong = parts ? parts.components.findIndex(isNoNumber) : -1;
  if (parts && wrong >= 0) {
    throw refusal(new TypeError(`${where()} must be a ${parts.type} of numbers, but its ${COMPONENTS[wrong]} is ${describe(parts.components[wrong])}`));
  }
  return parts as VectorParts | undefined;
}

function setRow(filling: Filling, row: TypedArray, start: number, expected: number, path: string): void {
  const { shape, what } = filling;
  const { type, size } = shape;
  requireArray(row, shape, what + path);
  const length = lengthOf(row);
  if (length !== expected) {
    const why = whyEmpty(row);
    throw refusal(new RangeError(`${what}${path} has ${length} numbers, but ${quoted(shape)} (${type}, size [${size}]) wants ${expected}${why}`));
  }
  const { packed } = filling;
  if (!isConverted(type)) {
    packed.set(row, start);
    return;
  }
  for (let index = 0; index < expected; index++) {
    packed[start + index] = kept(type, row[index]!);
  }
}

function requireArray(row: TypedArray, shape: Shape, what: string): void {
  const given = arrayName(row)!;
  if (typeOfArray(given) === undefined) {
    throw refusal(new TypeError(`${what} is a ${given}, which ${quoted(shape)} (${shape.type}) cannot take; ${NO_BIGINTS}`));
  }
  const wanted = arraysFor(shape.type);
  if (wanted !== undefined && !wanted.includes(given)) {
    throw refusal(new TypeError(`${what} is ${withArticle(given)}, but ${quoted(shape)} (${shape.type}) takes ${wanted.map(withArticle).join(' or ')}`));
  }
}

/** The names of the arrays that a buffer takes; undefined if it takes all. */
function arraysFor(type: ElementName): readonly string[] | undefined {
  if (type === 'f16') {
    return ['Float16Array', 'Float32Array'];
  }
  return scalarOf(type) === 'number' ? undefined : [arrayClassOf(type).name];
}

function quoted({ name }: Shape): string {
  return `the ${name.includes('.') ? 'field' : 'buffer'} "${shortened(name)}"`;
}

/** The name of a class of arrays, as one of them: `a Float32Array`, `an Int8Array`. */
export function withArticle(name: string): string {
  return `${/^I/.test(name) ? 'an' : 'a'} ${name}`;
}

/** A value in a few words, for messages. */
export function describe(value: unknown): string {
  try {
    return inWords(value);
  } catch {
    // Looking at it runs code of the user's, which may throw.
    return 'an object';
  }
}

function inWords(value: unknown): string {
  if (isVector(value)) {
    return `a ${value.type}`;
  }
  const array = arrayName(value);
  if (array !== undefined) {
    return withArticle(array);
  }
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'string':
      return `the string "${shortened(value)}"`;
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : `an object${classOf(value)}`;
    case 'function':
      return 'a function';
    default:
      return `${shortened(String(value))} (a ${typeof value})`;
  }
}

function classOf(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' ? ` (${shortened(name)})` : '';
}
