// Names that mean something in a kernel's text only. Importing them keeps editors and bundlers content.

import { GPUVec2i, GPUVec2u, GPUVec3i, GPUVec3u, GPUVec4i, GPUVec4u } from './integer_vectors.js';
import type { GPUArray, Sized } from './kernel_types.js';
import type { AnyVector } from './vector_family.js';
import { GPUVec2, GPUVec3, GPUVec4 } from './vectors.js';

/** Annotates the parameters of a kernel's functions: `function f(v = types.vec2) { … }`. */
export const types: {
  readonly number: number;
  readonly boolean: boolean;
  readonly vec2: GPUVec2;
  readonly vec3: GPUVec3;
  readonly vec4: GPUVec4;
  readonly vec2i: GPUVec2i;
  readonly vec3i: GPUVec3i;
  readonly vec4i: GPUVec4i;
  readonly vec2u: GPUVec2u;
  readonly vec3u: GPUVec3u;
  readonly vec4u: GPUVec4u;
} = Object.freeze({
  number: 0,
  boolean: false,
  vec2: Object.freeze(new GPUVec2(0, 0)),
  vec3: Object.freeze(new GPUVec3(0, 0, 0)),
  vec4: Object.freeze(new GPUVec4(0, 0, 0, 0)),
  vec2i: Object.freeze(new GPUVec2i(0, 0)),
  vec3i: Object.freeze(new GPUVec3i(0, 0, 0)),
  vec4i: Object.freeze(new GPUVec4i(0, 0, 0, 0)),
  vec2u: Object.freeze(new GPUVec2u(0, 0)),
  vec3u: Object.freeze(new GPUVec3u(0, 0, 0)),
  vec4u: Object.freeze(new GPUVec4u(0, 0, 0, 0)),
});

/** `array([a, b])` lists the elements; `array(size, fill)` evaluates the fill for each element. In kernels only. */
export function array(elements: readonly number[]): GPUArray<number>;
export function array(elements: readonly boolean[]): GPUArray<boolean>;
export function array<T extends AnyVector>(elements: readonly T[]): GPUArray<T>;
export function array(size: number, fill: number): GPUArray<number>;
export function array(size: number, fill: boolean): GPUArray<boolean>;
export function array<T extends AnyVector>(size: number, fill: T): GPUArray<T>;
export function array<T extends GPUArray<any>>(rows: readonly T[]): GPUArray<T>;
export function array<T extends GPUArray<any>>(size: number, row: T): GPUArray<T>;
export function array(): never {
  throw new Error('array() is for kernels: use an ordinary array here');
}

/** What `dim` of a buffer, of a part of one, or of an array is. */
export type Dim<B> = 0 extends 1 & B ? any : B extends Sized<infer V> ? V : never;

/** The size of a buffer: a number, vec2 or vec3 as it has extents; the length of an array or of a uniform that is one. In kernels only. */
export function dim<B extends object>(_bufferOrArray: B): Dim<B> {
  throw new Error('dim() is for kernels: the size of a buffer is what you declared');
}
