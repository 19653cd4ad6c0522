// The types of elements: how many components they have, and which typed arrays hold these.

import type { ElementName, TypedArray } from './types.js';

/** A class of typed arrays. */
export interface ArrayClass {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (lengthOrElements: number | ArrayLike<number>): TypedArray;
  new (memory: ArrayBufferLike, byteOffset: number, length: number): TypedArray;
}

/** `Float16Array`, where the engine has it. */
const Halves = (globalThis as { Float16Array?: ArrayClass }).Float16Array;

/** Whether halves are kept in a Float32Array. */
export const halvesAreSingles = Halves === undefined;

const SCALARS = {
  number: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  i16: Int16Array,
  u16: Uint16Array,
  i8: Int8Array,
  u8: Uint8Array,
  'u8-clamped': Uint8ClampedArray,
  f16: Halves ?? Float32Array,
  f64: Float64Array,
  boolean: Uint8Array,
} as const satisfies Partial<Record<ElementName, ArrayClass>>;

const VECTORS = ['vec2', 'vec3', 'vec4', 'vec2i', 'vec3i', 'vec4i', 'vec2u', 'vec3u', 'vec4u'] as const;

type ScalarName = keyof typeof SCALARS;

/** The name of a type of vectors. */
export type VectorName = (typeof VECTORS)[number];

/** Every type, in the order in which messages list them. */
export const ELEMENT_NAMES: readonly ElementName[] = [...(Object.keys(SCALARS) as ScalarName[]), ...VECTORS];

const VECTOR_NAMES: ReadonlySet<string> = new Set(VECTORS);

export function isVectorName(type: string): type is VectorName {
  return VECTOR_NAMES.has(type);
}

/** How many components an element has: 1, 2, 3 or 4. */
export function componentsIn(type: ElementName): number {
  return isVectorName(type) ? Number(type[3]) : 1;
}

/** How many components an element takes in memory and in what is read: a vec3 takes four, of which the last is zero. */
export function slotsOf(type: ElementName): number {
  const components = componentsIn(type);
  return components === 3 ? 4 : components;
}

/** The type of a component. */
export function scalarOf(type: ElementName): ScalarName {
  if (!isVectorName(type)) {
    return type;
  }
  return type.endsWith('i') ? 'i32' : type.endsWith('u') ? 'u32' : 'number';
}

/** What holds a buffer's elements. */
export function arrayClassOf(type: ElementName): ArrayClass {
  return SCALARS[scalarOf(type)];
}

/** So many elements that are zero. */
export function zeros(type: ElementName, count: number): TypedArray {
  return new (arrayClassOf(type))(count * slotsOf(type));
}

/** The name of the type of a value in kernels. */
export type ValueType = 'number' | 'boolean' | VectorName;

/** What kernels compute with of an element: of a scalar a number or a boolean, of a vector its own type. */
export function valueTypeOf(type: ElementName): ValueType {
  return isVectorName(type) || type === 'boolean' ? type : 'number';
}

/** The type of the elements that an array of this name holds where none is declared; undefined for arrays of bigints. */
export function typeOfArray(name: string): ScalarName | undefined {
  if (name === 'Float16Array') {
    return 'f16';
  }
  // Of two the first: bytes are numbers unless they are called booleans.
  return (Object.keys(SCALARS) as ScalarName[]).find((type) => type !== 'f16' && SCALARS[type].name === name);
}
