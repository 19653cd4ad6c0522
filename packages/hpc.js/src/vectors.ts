// The vectors of kernels, on the host: the same operations, in double precision. Methods return new vectors.

import type { GPUVec2i, GPUVec2u, GPUVec3i, GPUVec3u, GPUVec4i, GPUVec4u } from './integer_vectors.js';
import { componentsOf, Family, requireNumbers, sameType } from './vector_family.js';

export const UNARY = [
  'abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'exp', 'floor', 'log', 'log2',
  'round', 'sign', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc',
] as const;
export const BINARY = ['atan2', 'max', 'min', 'pow'] as const;

/** What vectors of every size can do. The functions of `Math` are applied to each component. */
export interface VectorMethods<V>
  extends Record<(typeof UNARY)[number], () => V>,
    Record<(typeof BINARY)[number], (other: V) => V> {
  /** The sum, component by component. */
  plus(other: V): V;
  /** The difference, component by component. */
  minus(other: V): V;
  /** The product with a number, or component by component. */
  times(other: V | number): V;
  /** The quotient by a number, or component by component. */
  div(other: V | number): V;
  /** The dot product. */
  dot(other: V): number;
  /** The Euclidean distance. */
  dist(other: V): number;
  /** The Euclidean length. */
  length(): number;
  /** The vector of length 1 in the same direction; NaN for a zero vector. */
  normalized(): V;
  /** Whether all components are equal. */
  equals(other: V): boolean;
  /** Whether some component differs. */
  notEquals(other: V): boolean;
}

/** Two to four letters of the components that exist, repeats allowed: `v.xy`, `v.zyy`. Read-only. */
export type Swizzles<L extends string, V2 = GPUVec2, V3 = GPUVec3, V4 = GPUVec4> = { readonly [K in `${L}${L}`]: V2 } & {
  readonly [K in `${L}${L}${L}`]: V3;
} & { readonly [K in `${L}${L}${L}${L}`]: V4 };

/** Two numbers; also a complex number with the real part `x` and the imaginary part `y`. */
export class GPUVec2 {
  readonly type = 'vec2' as const;

  constructor(
    public x: number,
    public y: number,
  ) {
    requireNumbers('GPUVec2', [x, y]);
  }

  /** The complex product. */
  cplxTimes(other: GPUVec2): GPUVec2 {
    const { x, y } = sameType(this, other, 'cplxTimes');
    return new GPUVec2(this.x * x - this.y * y, this.x * y + this.y * x);
  }

  /** The complex quotient. */
  cplxDiv(other: GPUVec2): GPUVec2 {
    return this.cplxTimes(sameType(this, other, 'cplxDiv').cplxConj()).div(other.dot(other));
  }

  /** The complex conjugate. */
  cplxConj(): GPUVec2 {
    return new GPUVec2(this.x, -this.y);
  }
}
export interface GPUVec2 extends VectorMethods<GPUVec2>, Swizzles<'x' | 'y'> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** Three numbers. */
export class GPUVec3 {
  readonly type = 'vec3' as const;

  constructor(
    public x: number,
    public y: number,
    public z: number,
  ) {
    requireNumbers('GPUVec3', [x, y, z]);
  }

  /** The cross product, right-handed. */
  cross(other: GPUVec3): GPUVec3 {
    const { x, y, z } = sameType(this, other, 'cross');
    return new GPUVec3(this.y * z - this.z * y, this.z * x - this.x * z, this.x * y - this.y * x);
  }
}
export interface GPUVec3 extends VectorMethods<GPUVec3>, Swizzles<'x' | 'y' | 'z'> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** Four numbers. */
export class GPUVec4 {
  readonly type = 'vec4' as const;

  constructor(
    public x: number,
    public y: number,
    public z: number,
    public w: number,
  ) {
    requireNumbers('GPUVec4', [x, y, z, w]);
  }
}
export interface GPUVec4 extends VectorMethods<GPUVec4>, Swizzles<'x' | 'y' | 'z' | 'w'> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** A vector of numbers, of any size. */
export type GPUVector = GPUVec2 | GPUVec3 | GPUVec4;

type Two = GPUVec2 | GPUVec2i | GPUVec2u;
type Three = GPUVec3 | GPUVec3i | GPUVec3u;
type Four = GPUVec4 | GPUVec4i | GPUVec4u;

/** What makes a vector of two components. */
export type PartsOf2 = [number] | [number, number] | [Two];

/** What makes a vector of three components. */
export type PartsOf3 = [number] | [number, number, number] | [Two, number] | [number, Two] | [Three];

/** What makes a vector of four components. */
export type PartsOf4 =
  | [number]
  | [number, number, number, number]
  | [Two, number, number]
  | [number, Two, number]
  | [number, number, Two]
  | [Two, Two]
  | [Three, number]
  | [number, Three]
  | [Four];

/** `vec2(s)` repeats a number, `vec2(x, y)` lists the components; vectors count as their components. */
export function vec2(...parts: PartsOf2): GPUVec2 {
  return floats.construct(2, parts) as GPUVec2;
}

/** `vec3(s)` repeats a number, `vec3(x, y, z)` lists the components; vectors count as their components. */
export function vec3(...parts: PartsOf3): GPUVec3 {
  return floats.construct(3, parts) as GPUVec3;
}

/** `vec4(s)` repeats a number, `vec4(x, y, z, w)` lists the components; vectors count as their components. */
export function vec4(...parts: PartsOf4): GPUVec4 {
  return floats.construct(4, parts) as GPUVec4;
}

/** The vectors of numbers. */
export const floats = new Family<GPUVector>('', [GPUVec2, GPUVec3, GPUVec4]);

function addMethods(): void {
  for (const name of UNARY) {
    floats.addUnary(name, (value) => Math[name](value));
  }
  for (const name of BINARY) {
    floats.addBinary(name, (mine, theirs) => Math[name](mine, theirs));
  }
  floats.addBinary('plus', (mine, theirs) => mine + theirs);
  floats.addBinary('minus', (mine, theirs) => mine - theirs);
  floats.addBinary('times', (mine, theirs) => mine * theirs, true);
  floats.addBinary('div', (mine, theirs) => mine / theirs, true);
  floats.addMethod('dot', function (other: GPUVector) {
    return componentsOf(floats.zip(this, sameType(this, other, 'dot'), (mine, theirs) => mine * theirs)).reduce((sum, part) => sum + part);
  });
  floats.addMethod('dist', function (other: GPUVector) {
    return floats.zip(this, sameType(this, other, 'dist'), (mine, theirs) => mine - theirs).length();
  });
  floats.addMethod('length', function () {
    return Math.sqrt((this as GPUVec2).dot(this as GPUVec2));
  });
  floats.addMethod('normalized', function () {
    return this.div(this.length());
  });
}

addMethods();
