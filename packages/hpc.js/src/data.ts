// Nested arrays and typed arrays as the flat floats that buffers hold: a vec3 takes four, the last one zero.

import type { ElementName, Size } from './types.js';
import { componentsOf, isVector, type GPUVector } from './vectors.js';

/** Which buffer data are for. */
export interface Shape {
  readonly name: string;
  readonly type: ElementName;
  readonly size: Size;
}

// How many floats an element takes.
export function floatsOf(type: ElementName): number {
  return { number: 1, vec2: 2, vec3: 4, vec4: 4 }[type];
}

export function elementCount(size: Size): number {
  return size.reduce((product: number, extent) => product * extent, 1);
}

// The type of the first leaf; undefined if there is none, or it is nothing that a buffer holds.
export function typeOfLeaves(data: unknown): ElementName | undefined {
  let leaf = data;
  while (Array.isArray(leaf)) {
    leaf = leaf[0];
  }
  if (isTypedArray(leaf) || typeof leaf === 'number') {
    return 'number';
  }
  return isVector(leaf) ? leaf.type : undefined;
}

/** The floats for a buffer, a copy of `data`. `what` names the argument in messages. Throws if the data do not fit. */
export function pack(data: unknown, shape: Shape, what: string): Float32Array {
  const floats = new Float32Array(elementCount(shape.size) * floatsOf(shape.type));
  fill(floats, data, shape, what);
  if (shape.type === 'vec3') {
    zeroPads(floats);
  }
  return floats;
}

/** The same without a copy where none is needed: the result is for immediate use. */
export function packForNow(data: unknown, shape: Shape, what: string): Float32Array {
  const expected = elementCount(shape.size) * floatsOf(shape.type);
  return data instanceof Float32Array && data.length === expected ? data : pack(data, shape, what);
}

function fill(floats: Float32Array, data: unknown, shape: Shape, what: string): void {
  if (isTypedArray(data)) {
    setRow(floats, 0, data, floats.length, what, shape);
  } else {
    fillLevel({ floats, shape, what }, data, 0, 0, '');
  }
}

interface Filling {
  readonly floats: Float32Array;
  readonly shape: Shape;
  readonly what: string;
}

// Fills what one index selects; `start` counts elements, `path` is the way there, such as `[1][2]`.
function fillLevel(filling: Filling, data: unknown, depth: number, start: number, path: string): void {
  const { floats, shape, what } = filling;
  const extent = shape.size[depth]!;
  const stride = elementCount(shape.size.slice(depth + 1) as unknown as Size);
  const isLast = depth === shape.size.length - 1;
  if (isLast && isTypedArray(data)) {
    const perElement = floatsOf(shape.type);
    setRow(floats, start * perElement, data, extent * perElement, what + path, shape);
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

function setLeaf({ floats, shape, what }: Filling, leaf: unknown, element: number, path: string, index: number): void {
  if (shape.type === 'number') {
    if (typeof leaf === 'number') {
      floats[element] = leaf;
      return;
    }
  } else if (isVector(leaf) && leaf.type === shape.type) {
    floats.set(componentsOf(leaf as GPUVector), element * floatsOf(shape.type));
    return;
  }
  throw new TypeError(`${what}${path}[${index}] must be a ${shape.type}, the type of ${quoted(shape)}, not ${describe(leaf)}`);
}

function setRow(floats: Float32Array, start: number, row: ArrayLike<number>, expected: number, what: string, shape: Shape): void {
  if (row.length !== expected) {
    throw new RangeError(`${what} has ${row.length} floats, but ${quoted(shape)} (${shape.type}, size [${shape.size}]) wants ${expected}`);
  }
  floats.set(row, start);
}

function zeroPads(floats: Float32Array): void {
  for (let pad = 3; pad < floats.length; pad += 4) {
    floats[pad] = 0;
  }
}

function quoted(shape: Shape): string {
  return `the buffer "${shape.name}"`;
}

function isTypedArray(value: unknown): value is Float32Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value instanceof BigInt64Array) && !(value instanceof BigUint64Array);
}

/** A value in a few words, for messages. */
export function describe(value: unknown): string {
  if (isVector(value)) {
    return `a ${value.type}`;
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
