// Typed arrays as they are, whatever properties a program has given them or their class: their own kind, length and memory.

import type { TypedArray } from './types.js';

const prototype: object = Object.getPrototypeOf(Uint8Array.prototype);

/** A getter as a function; what it is called with must be of the kind that it belongs to. */
function getterOf<T>(owner: object, name: string | symbol): (of: unknown) => T {
  const { get } = Object.getOwnPropertyDescriptor(owner, name)!;
  return (of) => get!.call(of) as T;
}

const tagOf = getterOf<string | undefined>(prototype, Symbol.toStringTag);
const bufferOf = getterOf<ArrayBufferLike>(prototype, 'buffer');
const byteOffsetOf = getterOf<number>(prototype, 'byteOffset');
const byteLengthOf = getterOf<number>(prototype, 'byteLength');
const sizeOfUnshared = getterOf<number>(ArrayBuffer.prototype, 'byteLength');

/** How many elements a typed array has: none if its memory is gone. */
export const lengthOf = getterOf<number>(prototype, 'length');

/**
 * The name of a typed array's class; undefined for all else. Arrays of other realms, such as other windows, and those of derived classes
 * are known too.
 */
export function arrayName(value: unknown): string | undefined {
  return tagOf(value);
}

/** The bytes of a typed array, in the same memory. */
export function bytesIn(array: TypedArray): Uint8Array {
  return new Uint8Array(bufferOf(array), byteOffsetOf(array), byteLengthOf(array));
}

/** The elements of a typed array, in the same memory, without the properties that a program has given it. */
export function plainly<A extends TypedArray>(array: A, arrayClass: new (memory: ArrayBufferLike, byteOffset: number, length: number) => A): A {
  return new arrayClass(bufferOf(array), byteOffsetOf(array), lengthOf(array));
}

/** Puts elements into a typed array of the same length. */
export function fill(array: TypedArray, elements: TypedArray): void {
  const { set } = prototype as { set: (this: TypedArray, elements: TypedArray) => void };
  set.call(array, elements);
}

/** Whether other threads may write to a typed array's memory. */
export function isShared(array: TypedArray): boolean {
  try {
    sizeOfUnshared(bufferOf(array));
    return false;
  } catch {
    return true;
  }
}

/** What became of the memory of an array without elements, for messages: nothing to tell if it never had any. */
export function whyEmpty(array: TypedArray): string {
  if (lengthOf(array) > 0) {
    return '';
  }
  try {
    new Uint8Array(bufferOf(array));
  } catch {
    return ': its memory was transferred';
  }
  return byteLengthOf(array) === 0 && bufferOf(array).byteLength > 0 ? ': its memory may have shrunk' : '';
}
