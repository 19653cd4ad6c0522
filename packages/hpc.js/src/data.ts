// Nested arrays and typed arrays as the flat typed arrays that hold buffers: a vector of three takes four components, the last one zero.

import {
  arrayClassOf, arrayName, componentsIn, halvesAreSingles, scalarOf, slotsOf, typeOfArray, valueTypeOf, zeros,
} from './elements.js';
import { toHalf } from './half.js';
import type { ElementName, Size, TypedArray } from './types.js';
import { componentsOf, isVector } from './vector_family.js';

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
  while (Array.isArray(leaf)) {
    leaf = leaf[0];
  }
  if (typeof leaf === 'number' || typeof leaf === 'boolean') {
    return typeof leaf as 'number' | 'boolean';
  }
  const array = arrayName(leaf);
  const type = array === undefined ? isVector(leaf) && leaf.type : typeOfArray(array);
  if (!type) {
    const mend = array === undefined && typeof leaf !== 'bigint' ? 'leave it out for zeros' : NO_BIGINTS;
    throw new TypeError(`${what} must hold numbers, booleans or vectors; ${mend}`);
  }
  return type;
}

/** The components for a buffer, a copy of `data`. `what` names the argument in messages. Throws if the data do not fit. */
export function pack(data: unknown, shape: Shape, what: string): TypedArray {
  const packed = zeros(shape.type, elementCount(shape.size));
  const filling = { packed, shape, what };
  if (arrayName(data) === undefined) {
    fillLevel(filling, data, 0, 0, '');
  } else {
    setRow(filling, data as TypedArray, 0, packed.length, '');
  }
  clearPads(packed, shape.type);
  return packed;
}

/** The same without a copy where none is needed: the result is for immediate use, and what lies beside a vector of three may not be zero. */
export function packForNow(data: unknown, shape: Shape, what: string): TypedArray {
  const { type, size } = shape;
  const isAsRead = arrayName(data) === arrayClassOf(type).name && (data as TypedArray).length === elementCount(size) * slotsOf(type);
  return isAsRead && !isConverted(type) ? (data as TypedArray) : pack(data, shape, what);
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

interface Filling {
  readonly packed: TypedArray;
  readonly shape: Shape;
  readonly what: string;
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
    throw new TypeError(`${what}${path} must be an array of ${extent}, as the size [${shape.size}] of ${quoted(shape)} says, not ${describe(data)}`);
  }
  if (data.length !== extent) {
    throw new RangeError(`${what}${path} has ${data.length} elements, but the size [${shape.size}] of ${quoted(shape)} wants ${extent}`);
  }
  for (let index = 0; index < extent; index++) {
    if (isLast) {
      setLeaf(filling, data[index], start + index, path, index);
    } else {
      fillLevel(filling, data[index], depth + 1, start + index * stride, `${path}[${index}]`);
    }
  }
}

function setLeaf({ packed, shape, what }: Filling, leaf: unknown, element: number, path: string, index: number): void {
  const { type } = shape;
  const wanted = valueTypeOf(type);
  if (typeof leaf === wanted) {
    packed[element] = kept(type, Number(leaf));
  } else if (isVector(leaf) && leaf.type === wanted) {
    packed.set(componentsOf(leaf), element * slotsOf(type));
  } else {
    const why = wanted === type ? `the type of ${quoted(shape)}` : `as ${quoted(shape)} is of ${type}`;
    throw new TypeError(`${what}${path}[${index}] must be a ${wanted}, ${why}, not ${describe(leaf)}`);
  }
}

function setRow({ packed, shape, what }: Filling, row: TypedArray, start: number, expected: number, path: string): void {
  const { type, size } = shape;
  requireArray(row, shape, what + path);
  if (row.length !== expected) {
    throw new RangeError(`${what}${path} has ${row.length} numbers, but ${quoted(shape)} (${type}, size [${size}]) wants ${expected}`);
  }
  packed.set(isConverted(type) ? row.map((component) => kept(type, component)) : row, start);
}

function requireArray(row: TypedArray, shape: Shape, what: string): void {
  const given = arrayName(row)!;
  if (typeOfArray(given) === undefined) {
    throw new TypeError(`${what} is a ${given}, which ${quoted(shape)} (${shape.type}) cannot take; ${NO_BIGINTS}`);
  }
  const wanted = arraysFor(shape.type);
  if (wanted !== undefined && !wanted.includes(given)) {
    throw new TypeError(`${what} is ${withArticle(given)}, but ${quoted(shape)} (${shape.type}) takes ${wanted.map(withArticle).join(' or ')}`);
  }
}

/** The names of the arrays that a buffer takes; undefined if it takes all. */
function arraysFor(type: ElementName): readonly string[] | undefined {
  if (type === 'f16') {
    return ['Float16Array', 'Float32Array'];
  }
  return scalarOf(type) === 'number' ? undefined : [arrayClassOf(type).name];
}

function quoted(shape: Shape): string {
  return `the buffer "${shape.name}"`;
}

/** The name of a class of arrays, as one of them: `a Float32Array`, `an Int8Array`. */
export function withArticle(name: string): string {
  return `${/^I/.test(name) ? 'an' : 'a'} ${name}`;
}

/** A value in a few words, for messages. */
export function describe(value: unknown): string {
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
      return `the string "${value.length > 30 ? `${value.slice(0, 30)}…` : value}"`;
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : `an object (${value.constructor?.name ?? 'Object'})`;
    case 'function':
      return 'a function';
    default:
      return `${String(value)} (a ${typeof value})`;
  }
}
