// Vectors of integers of 32 bits, with a sign (`vec2i`) and without (`vec2u`). Whatever is put into one is converted as typed arrays
// convert: fractions are cut off, and what does not fit wraps modulo 2^32. Methods return new vectors.

import { COMPONENTS, Family, requireNumbers, type AnyVector } from './vector_family.js';
import { BINARY, UNARY, type PartsOf2, type PartsOf3, type PartsOf4, type Swizzles } from './vectors.js';

/** What vectors of integers can do, component by component. Results wrap modulo 2^32. */
export interface IntegerVectorMethods<V> {
  /** The sum. */
  plus(other: V): V;
  /** The difference. */
  minus(other: V): V;
  /** The product with another vector, or with a number, which is converted first. */
  times(other: V | number): V;
  /** The smaller ones. */
  min(other: V): V;
  /** The larger ones. */
  max(other: V): V;
  /** The absolute values; that of -2^31 is itself. */
  abs(): V;
  /** The bits that both have. */
  and(other: V): V;
  /** The bits that one of them has, or both. */
  or(other: V): V;
  /** The bits that one of them has, and not both. */
  xor(other: V): V;
  /** The bits that it has not. */
  not(): V;
  /** The bits moved to the left, by counts modulo 32. */
  shiftLeft(count: V | number): V;
  /** The bits moved to the right, by counts modulo 32. Vectors with a sign keep it; without, zeros move in. */
  shiftRight(count: V | number): V;
  /** Whether all components are equal. */
  equals(other: V): boolean;
  /** Whether some component differs. */
  notEquals(other: V): boolean;
}

/** Two integers from -2^31 to 2^31 - 1. */
export class GPUVec2i {
  readonly type = 'vec2i' as const;
  declare x: number;
  declare y: number;

  constructor(x: number, y: number) {
    hold(this, new Int32Array(2), [x, y]);
  }
}
export interface GPUVec2i extends IntegerVectorMethods<GPUVec2i>, Swizzles<'x' | 'y', GPUVec2i, GPUVec3i, GPUVec4i> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** Three integers from -2^31 to 2^31 - 1. */
export class GPUVec3i {
  readonly type = 'vec3i' as const;
  declare x: number;
  declare y: number;
  declare z: number;

  constructor(x: number, y: number, z: number) {
    hold(this, new Int32Array(3), [x, y, z]);
  }
}
export interface GPUVec3i extends IntegerVectorMethods<GPUVec3i>, Swizzles<'x' | 'y' | 'z', GPUVec2i, GPUVec3i, GPUVec4i> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** Four integers from -2^31 to 2^31 - 1. */
export class GPUVec4i {
  readonly type = 'vec4i' as const;
  declare x: number;
  declare y: number;
  declare z: number;
  declare w: number;

  constructor(x: number, y: number, z: number, w: number) {
    hold(this, new Int32Array(4), [x, y, z, w]);
  }
}
export interface GPUVec4i extends IntegerVectorMethods<GPUVec4i>, Swizzles<'x' | 'y' | 'z' | 'w', GPUVec2i, GPUVec3i, GPUVec4i> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** Two integers from 0 to 2^32 - 1. */
export class GPUVec2u {
  readonly type = 'vec2u' as const;
  declare x: number;
  declare y: number;

  constructor(x: number, y: number) {
    hold(this, new Uint32Array(2), [x, y]);
  }
}
export interface GPUVec2u extends IntegerVectorMethods<GPUVec2u>, Swizzles<'x' | 'y', GPUVec2u, GPUVec3u, GPUVec4u> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** Three integers from 0 to 2^32 - 1. */
export class GPUVec3u {
  readonly type = 'vec3u' as const;
  declare x: number;
  declare y: number;
  declare z: number;

  constructor(x: number, y: number, z: number) {
    hold(this, new Uint32Array(3), [x, y, z]);
  }
}
export interface GPUVec3u extends IntegerVectorMethods<GPUVec3u>, Swizzles<'x' | 'y' | 'z', GPUVec2u, GPUVec3u, GPUVec4u> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** Four integers from 0 to 2^32 - 1. */
export class GPUVec4u {
  readonly type = 'vec4u' as const;
  declare x: number;
  declare y: number;
  declare z: number;
  declare w: number;

  constructor(x: number, y: number, z: number, w: number) {
    hold(this, new Uint32Array(4), [x, y, z, w]);
  }
}
export interface GPUVec4u extends IntegerVectorMethods<GPUVec4u>, Swizzles<'x' | 'y' | 'z' | 'w', GPUVec2u, GPUVec3u, GPUVec4u> {
  /** The components from `x` on, by their positions. */
  [component: number]: number;
}

/** A vector of integers, of any size. */
export type GPUIntegerVector = GPUVec2i | GPUVec3i | GPUVec4i | GPUVec2u | GPUVec3u | GPUVec4u;

/** `vec2i(s)` repeats a number, `vec2i(x, y)` lists the components; vectors count as their components. */
export function vec2i(...parts: PartsOf2): GPUVec2i {
  return signed.construct(2, parts) as GPUVec2i;
}

/** `vec3i(s)` repeats a number, `vec3i(x, y, z)` lists the components; vectors count as their components. */
export function vec3i(...parts: PartsOf3): GPUVec3i {
  return signed.construct(3, parts) as GPUVec3i;
}

/** `vec4i(s)` repeats a number, `vec4i(x, y, z, w)` lists the components; vectors count as their components. */
export function vec4i(...parts: PartsOf4): GPUVec4i {
  return signed.construct(4, parts) as GPUVec4i;
}

/** `vec2u(s)` repeats a number, `vec2u(x, y)` lists the components; vectors count as their components. */
export function vec2u(...parts: PartsOf2): GPUVec2u {
  return unsigned.construct(2, parts) as GPUVec2u;
}

/** `vec3u(s)` repeats a number, `vec3u(x, y, z)` lists the components; vectors count as their components. */
export function vec3u(...parts: PartsOf3): GPUVec3u {
  return unsigned.construct(3, parts) as GPUVec3u;
}

/** `vec4u(s)` repeats a number, `vec4u(x, y, z, w)` lists the components; vectors count as their components. */
export function vec4u(...parts: PartsOf4): GPUVec4u {
  return unsigned.construct(4, parts) as GPUVec4u;
}

/** Lets the components of a vector lie in a typed array, which converts what is assigned to them. */
function hold(vector: AnyVector, integers: Int32Array | Uint32Array, components: readonly number[]): void {
  const name = `GPUV${vector.type.slice(1)}`;
  requireNumbers(name, components);
  integers.set(components);
  // Fields of its own, so that comparing, printing and cloning see them.
  components.forEach((_, index) => {
    Object.defineProperty(vector, COMPONENTS[index]!, {
      get: () => integers[index],
      set(value: number) {
        requireNumbers(`${COMPONENTS[index]} of a ${name}`, [value]);
        if (Object.isFrozen(vector)) {
          throw new TypeError(`cannot assign to ${COMPONENTS[index]} of a frozen ${name}`);
        }
        integers[index] = value;
      },
      enumerable: true,
    });
  });
}

/** The vectors of integers with a sign. */
export const signed = new Family<GPUIntegerVector>('i', [GPUVec2i, GPUVec3i, GPUVec4i]);

/** The vectors of integers without a sign. */
export const unsigned = new Family<GPUIntegerVector>('u', [GPUVec2u, GPUVec3u, GPUVec4u]);

// Doubles hold every sum and difference, and constructors bring results back to 32 bits.
function addMethods(family: Family<GPUIntegerVector>): void {
  family.addBinary('plus', (mine, theirs) => mine + theirs);
  family.addBinary('minus', (mine, theirs) => mine - theirs);
  family.addBinary('times', Math.imul, true);
  family.addBinary('min', (mine, theirs) => Math.min(mine, theirs));
  family.addBinary('max', (mine, theirs) => Math.max(mine, theirs));
  family.addUnary('abs', (mine) => Math.abs(mine));
  family.addBinary('and', (mine, theirs) => mine & theirs);
  family.addBinary('or', (mine, theirs) => mine | theirs);
  family.addBinary('xor', (mine, theirs) => mine ^ theirs);
  family.addUnary('not', (mine) => ~mine);
  family.addBinary('shiftLeft', (mine, count) => mine << count, true);
}

/** What only vectors of numbers can do. */
const FOR_FLOATS = [
  ...UNARY, ...BINARY, 'div', 'dot', 'dist', 'length', 'normalized', 'cross', 'cplxTimes', 'cplxDiv', 'cplxConj',
].filter((name) => !['abs', 'min', 'max'].includes(name));

function refuseMethods(family: Family<GPUIntegerVector>): void {
  for (const name of FOR_FLOATS) {
    family.addMethod(name, function () {
      throw new TypeError(`a ${this.type} has no ${name}: make floats of it first, ${this.type.slice(0, 4)}(v)`);
    });
  }
}

/** Node prints what this gives; the fields alone would be shown as accessors. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

function addInspection(family: Family<GPUIntegerVector>): void {
  family.addMethod(INSPECT, function (_depth: number, options: object, inspect: (value: object, options: object) => string) {
    return `${this.constructor.name} ${inspect({ ...this }, options)}`;
  });
}

for (const family of [signed, unsigned]) {
  addMethods(family);
  refuseMethods(family);
  addInspection(family);
}
signed.addBinary('shiftRight', (mine, count) => mine >> count, true);
unsigned.addBinary('shiftRight', (mine, count) => mine >>> count, true);
