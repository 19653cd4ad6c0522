// Contents of buffers as the bytes that devices keep of them, which is how they cross to Rust.

import { arrayClassOf, halvesAreSingles } from './elements.js';
import { bitsOfHalf, halfOfBits } from './half.js';
import type { ElementName, TypedArray } from './types.js';
import { bytesIn } from './views.js';

/** The bytes of contents: in the same memory, but for halves where the engine has none. */
export function bytesOf(contents: TypedArray, type: ElementName): Uint8Array {
  return bytesIn(isWidened(type) ? Uint16Array.from(contents, bitsOfHalf) : contents);
}

/** The contents with these bytes, which begin where an element of any type may: in the same memory, but for halves where the engine has none. */
export function contentsOf(bytes: Uint8Array, type: ElementName): TypedArray {
  const { buffer, byteOffset, byteLength } = bytes;
  if (isWidened(type)) {
    return Float32Array.from(new Uint16Array(buffer, byteOffset, byteLength / 2), halfOfBits);
  }
  const arrayClass = arrayClassOf(type);
  return new arrayClass(buffer, byteOffset, byteLength / arrayClass.BYTES_PER_ELEMENT);
}

function isWidened(type: ElementName): boolean {
  return type === 'f16' && halvesAreSingles;
}
