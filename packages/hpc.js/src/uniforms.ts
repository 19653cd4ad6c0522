// The values of uniforms, checked.

import { describe, vectorAt } from './data.js';
import { typeOfArray, type VectorName } from './elements.js';
import { refusal } from './errors.js';
import { shortened } from './suggest.js';
import { arrayName, lengthOf } from './views.js';

/** How many numbers one uniform may have. */
const MAX_LENGTH = 16_384;

/** The type of a uniform: of a vector its own, of arrays what their elements are, with `[]`. */
export type UniformType =
  | 'number' | 'boolean' | VectorName
  | 'number[]' | 'f32[]' | 'i32[]' | 'u32[]' | 'i16[]' | 'u16[]' | 'i8[]' | 'u8[]' | 'f16[]' | 'f64[]';

/** A uniform with a value. */
export interface Uniform {
  readonly name: string;
  readonly type: UniformType;
  /** The value of a number, the components of a vector or the elements of an array; booleans are 1 and 0. */
  readonly numbers: number[];
}

/** A uniform and its value, whatever its type. */
export function describeUniform(name: string, value: unknown): Uniform {
  if (typeof value === 'number') {
    return { name, type: 'number', numbers: [value] };
  }
  if (typeof value === 'boolean') {
    return { name, type: 'boolean', numbers: [value ? 1 : 0] };
  }
  if (Array.isArray(value)) {
    return { name, type: 'number[]', numbers: elementsOf(name, value, value.length) };
  }
  const vector = vectorAt(value, () => `the uniform "${shortened(name)}"`);
  if (vector) {
    return { name, type: vector.type, numbers: vector.components };
  }
  const type = typeOfTypedArray(name, value);
  return { name, type, numbers: elementsOf(name, value as ArrayLike<unknown>, lengthOf(value)) };
}

function typeOfTypedArray(name: string, value: unknown): UniformType {
  const array = arrayName(value);
  if (array === undefined) {
    throw refusal(new TypeError(`the uniform "${shortened(name)}" must be a number, a boolean, a vector or an array of numbers, not ${describe(value)}`));
  }
  const element = typeOfArray(array);
  if (element === undefined) {
    throw refusal(new TypeError(`the uniform "${shortened(name)}" cannot be a ${array}: convert the bigints to numbers, as in a Float64Array`));
  }
  if (element === 'u8-clamped') {
    throw refusal(new TypeError(`the uniform "${shortened(name)}" cannot be a ${array}: use a Uint8Array`));
  }
  return element === 'number' || element === 'boolean' ? 'f32[]' : `${element}[]`;
}

function elementsOf(name: string, array: ArrayLike<unknown>, length: number): number[] {
  if (length > MAX_LENGTH) {
    throw refusal(new RangeError(`the uniform "${shortened(name)}" has ${length} numbers, and ${MAX_LENGTH} at most are possible: use a buffer`));
  }
  if (!(length > 0)) {
    throw refusal(new RangeError(`the uniform "${shortened(name)}" is an empty array, and needs an element at least`));
  }
  // By their indices: iterators of the user's may give anything, and for ever.
  return Array.from({ length }, (_, index) => {
    const element = array[index];
    if (typeof element !== 'number') {
      throw refusal(new TypeError(`the uniform "${shortened(name)}" must hold numbers, but [${index}] is ${describe(element)}`));
    }
    return element;
  });
}

/** The uniform with another value. Throws if that is of another type, or an array of another length. */
export function changed(uniform: Uniform, value: unknown): Uniform {
  const { name } = uniform;
  const other = describeUniform(name, value);
  if (other.type !== uniform.type || other.numbers.length !== uniform.numbers.length) {
    const given = other.type.endsWith('[]') ? inWords(other) : describe(value);
    throw refusal(new TypeError(`the uniform "${shortened(name)}" is ${inWords(uniform)}, as its first value was, and cannot be set to ${given}`));
  }
  return other;
}

/** Its type in words: `a number`, `an array of 3 numbers`, `an array of 3 i32`. */
function inWords({ type, numbers }: Uniform): string {
  const element = type.slice(0, -2);
  return type.endsWith('[]') ? `an array of ${numbers.length} ${element === 'number' ? 'numbers' : element}` : `a ${type}`;
}
