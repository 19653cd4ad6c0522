// Functions that kernels and the host have alike, beside those of `Math`. Of vectors they compute component by component.

import { componentsOf, isVector } from './vector_family.js';
import { floats, type GPUVector } from './vectors.js';

type OneOrMany = number | GPUVector;

/** `a * (1 - t) + b * t`: from `a`, where `t` is 0, to `b`, where it is 1. */
export function mix(a: number, b: number, t: number): number;
export function mix<V extends GPUVector>(a: V, b: V, t: V | number): V;
export function mix(a: OneOrMany, b: OneOrMany, t: OneOrMany): OneOrMany {
  return byComponent('mix', [a, b, t], (from, to, share) => from! * (1 - share!) + to! * share!);
}

/** The nearest value that is not below `low` nor above `high`. */
export function clamp(x: number, low: number, high: number): number;
export function clamp<V extends GPUVector>(x: V, low: V | number, high: V | number): V;
export function clamp(x: OneOrMany, low: OneOrMany, high: OneOrMany): OneOrMany {
  return byComponent('clamp', [x, low, high], (value, least, most) => Math.min(Math.max(value!, least!), most!));
}

/** What is behind the decimal point: `x - Math.floor(x)`. */
export function fract(x: number): number;
export function fract<V extends GPUVector>(x: V): V;
export function fract(x: OneOrMany): OneOrMany {
  return byComponent('fract', [x], (value) => value! - Math.floor(value!));
}

/** 0 below `edge`, else 1. */
export function step(edge: number, x: number): number;
export function step<V extends GPUVector>(edge: V | number, x: V): V;
export function step(edge: OneOrMany, x: OneOrMany): OneOrMany {
  return byComponent('step', [edge, x], (from, value) => (value! < from! ? 0 : 1));
}

/** From 0 at `low` to 1 at `high`, without an edge at either. */
export function smoothstep(low: number, high: number, x: number): number;
export function smoothstep<V extends GPUVector>(low: V | number, high: V | number, x: V): V;
export function smoothstep(low: OneOrMany, high: OneOrMany, x: OneOrMany): OneOrMany {
  return byComponent('smoothstep', [low, high, x], (least, most, value) => {
    const share = Math.min(Math.max((value! - least!) / (most! - least!), 0), 1);
    return share * share * (3 - 2 * share);
  });
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The bits of `x` as a single, an integer from 0 to 2^32 - 1. */
export function floatBits(x: number): number {
  single[0] = x;
  return bits[0]!;
}

/** The single with these bits, an integer of 32 bits with a sign or without. */
export function fromFloatBits(integer: number): number {
  bits[0] = integer;
  return single[0]!;
}

function byComponent(name: string, values: readonly OneOrMany[], of: (...components: number[]) => number): OneOrMany {
  const size = Math.max(...values.map((value) => (isVector(value) ? componentsOf(value).length : 0)));
  const components = values.map((value) => {
    const parts = isVector(value) ? componentsOf(value) : Array<unknown>(size || 1).fill(value);
    if (parts.length !== (size || 1) || parts.some((part) => typeof part !== 'number') || (isVector(value) && /[iu]$/.test(value.type))) {
      throw new TypeError(`${name} takes numbers, or vectors of numbers of one size`);
    }
    return parts as number[];
  });
  const results = components[0]!.map((_, index) => of(...components.map((parts) => parts[index]!)));
  return size === 0 ? results[0]! : floats.of(results);
}
