// The values that kernels compute with: numbers, booleans and vectors.

import { isVectorName, type ValueType, type VectorName } from './elements.js';
import { signed, unsigned } from './integer_vectors.js';
import type { KernelValue } from './types.js';
import { componentsOf, isVector, type AnyVector } from './vector_family.js';
import { floats } from './vectors.js';

/** The type of a value; undefined if kernels have no such values. */
export function typeOf(value: unknown): ValueType | undefined {
  if (isVector(value)) {
    return value.type;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number' | 'boolean') : undefined;
}

/** The value that consists of these numbers; booleans are 1 and 0. */
export function valueOf(type: ValueType, numbers: readonly number[]): KernelValue {
  return isVectorName(type) ? vectorOf(type, numbers) : type === 'boolean' ? numbers[0] !== 0 : numbers[0]!;
}

/** The numbers that a value consists of. */
export function numbersOf(value: unknown): number[] {
  return isVector(value) ? componentsOf(value) : [Number(value)];
}

function vectorOf(type: VectorName, components: readonly number[]): AnyVector {
  const family = type[4] === 'i' ? signed : type[4] === 'u' ? unsigned : floats;
  return family.of(components);
}

export function zeroOf(type: ValueType): KernelValue {
  return valueOf(type, isVectorName(type) ? Array<number>(Number(type[3])).fill(0) : [0]);
}

/** A value that shares nothing with this one; what is no value is given as it is. */
export function copyOf<T>(value: T): T {
  return isVector(value) ? (vectorOf(value.type, componentsOf(value)) as T) : value;
}

/** Whether numbers and booleans are the same, and vectors equal. */
export function equals(left: unknown, right: unknown): boolean {
  return isVector(left) && isVector(right) ? left.equals(right as never) : left === right;
}
