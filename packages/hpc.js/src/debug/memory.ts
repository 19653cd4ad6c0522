// Buffers, uniforms and arrays as kernels see them: an index is rounded down, a read outside gives zero, a write outside is dropped,
// and an element is copied whenever it is read or stored.

import { kept, zerosFor } from '../data.js';
import { componentsIn, scalarOf, slotsOf, valueTypeOf, type ValueType } from '../elements.js';
import type { ElementName, KernelValue, Size, TypedArray } from '../types.js';
import { COMPONENTS, componentsOf, isVector, type AnyVector } from '../vector_family.js';
import { floats, type GPUVector } from '../vectors.js';
import { copyOf, numbersOf, typeOf, valueOf, zeroOf } from './values.js';

const SHAPE = Symbol('shape');
const ELEMENTS = Symbol('elements');
const PLACE = Symbol('place');
const STEPS = Symbol('steps');
const ATOMIC = Symbol('atomic');

/** What is indexed: a buffer, or a uniform that is an array. */
export interface Indexed {
  readonly name: string;
  readonly size: Size;
}

/** Is told of every access to an element, of every index that is outside, and of numbers that a buffer does not keep. */
export interface Watcher {
  read(buffer: DebugBuffer, element: number, index: readonly number[]): void;
  write(buffer: DebugBuffer, element: number, index: readonly number[]): void;
  /** An element is changed in one step that no other thread comes between. */
  update(buffer: DebugBuffer, element: number, index: readonly number[]): void;
  outside(indexed: Indexed, index: readonly number[]): void;
  rounded(buffer: DebugBuffer, index: readonly number[], given: number, kept: number): void;
}

/** A buffer in host memory. */
export class DebugBuffer implements Indexed {
  /** What it holds. */
  readonly contents: TypedArray;
  /** What kernels see. */
  readonly view: object;
  readonly #valueType: ValueType;
  readonly #slots: number;
  readonly #components: number;
  /** Whether an integer may be rounded: others wrap, as they are asked to. */
  readonly #isFloat: boolean;

  constructor(
    readonly name: string,
    readonly type: ElementName,
    readonly size: Size,
    readonly watcher: Watcher,
  ) {
    this.contents = zerosFor(this);
    this.view = level(this, { position: 0, path: [] });
    this.#valueType = valueTypeOf(type);
    this.#slots = slotsOf(type);
    this.#components = componentsIn(type);
    this.#isFloat = ['number', 'f16'].includes(scalarOf(type));
  }

  read({ position, path, inSteps }: Way): KernelValue {
    if (position < 0) {
      this.watcher.outside(this, path);
      return zeroOf(this.#valueType);
    }
    if (!inSteps) {
      this.watcher.read(this, position, path);
    }
    const start = position * this.#slots;
    return valueOf(this.#valueType, [...this.contents.subarray(start, start + this.#components)]);
  }

  write({ position, path, inSteps }: Way, value: unknown): void {
    if (typeOf(value) !== this.#valueType) {
      throw new TypeError(`a ${typeOf(value)} is stored in a buffer of ${this.type}`);
    }
    if (position < 0) {
      this.watcher.outside(this, path);
      return;
    }
    if (inSteps) {
      this.watcher.update(this, position, path);
    } else {
      this.watcher.write(this, position, path);
    }
    numbersOf(value).forEach((given, component) => {
      const at = position * this.#slots + component;
      this.contents[at] = kept(this.type, given);
      if (this.#isFloat && this.contents[at] !== given && Number.isInteger(given)) {
        this.watcher.rounded(this, path, given, this.contents[at]!);
      }
    });
  }

  /** What a function of `Atomics` does to an element, and its result. */
  atomic(name: AtomicsName, { position, path }: Way, values: readonly number[]): number {
    if (position >= 0) {
      this.watcher.update(this, position, path);
      return (Atomics[name] as (...operands: unknown[]) => number)(this.contents, position, ...values);
    }
    this.watcher.outside(this, path);
    // A number that was nowhere, as all that is read outside.
    return name === 'store' ? Math.trunc(values[0]!) || 0 : 0;
  }
}

/** The indices so far, and the element or row that they lead to; a negative position is outside. */
interface Way {
  readonly position: number;
  readonly path: readonly number[];
  /** Whether what is read there and then written is one step. */
  readonly inSteps?: boolean;
}

/** The functions of `Atomics` that kernels have. */
type AtomicsName = (typeof ATOMICS)[number];

const ATOMICS = ['add', 'and', 'compareExchange', 'exchange', 'load', 'or', 'store', 'sub', 'xor'] as const;

/** A buffer after some indices. */
function level(buffer: DebugBuffer, way: Way): object {
  return new Proxy(
    {},
    {
      get(_, key) {
        if (key === SHAPE) {
          return buffer.size.slice(way.path.length);
        }
        if (key === PLACE) {
          return (index: unknown) => placeIn(buffer, leafOf(buffer, way, index));
        }
        if (key === STEPS) {
          return level(buffer, { ...way, inSteps: true });
        }
        if (key === ATOMIC) {
          return (name: AtomicsName, index: unknown, values: number[]) => buffer.atomic(name, leafOf(buffer, way, index), values);
        }
        if (key === 'type' || key === ELEMENTS) {
          // Whoever asks wants to know whether it is a vector or an array: no copy is made of a buffer or a row.
          return undefined;
        }
        const next = step(buffer, way, key);
        return next.path.length === buffer.size.length ? buffer.read(next) : level(buffer, next);
      },
      set(_, key, value) {
        buffer.write(leafOf(buffer, way, key), value);
        return true;
      },
    },
  );
}

function step({ name, size }: Indexed, { position, path, inSteps = false }: Way, index: unknown): Way {
  let at = position;
  const indices = toIndices(index);
  for (const [offset, value] of indices.entries()) {
    const extent = size[path.length + offset];
    if (extent === undefined) {
      throw new TypeError(`too many indices for ${name}, which has ${size.length} dimensions`);
    }
    const rounded = Math.floor(value);
    at = at >= 0 && rounded >= 0 && rounded < extent ? at * extent + rounded : -1;
  }
  return { position: at, path: [...path, ...indices], inSteps };
}

function leafOf(indexed: Indexed, way: Way, index: unknown): Way {
  const leaf = step(indexed, way, index);
  if (leaf.path.length !== indexed.size.length) {
    throw new TypeError(`too few indices for ${indexed.name}, which has ${indexed.size.length} dimensions`);
  }
  return leaf;
}

/** The numbers that an index consists of: the text that JavaScript made of a number or a vector. */
function toIndices(index: unknown): number[] {
  if (isVector(index)) {
    return componentsOf(index);
  }
  if (typeof index === 'symbol') {
    throw new TypeError('too few indices');
  }
  const text = String(index);
  if (/^\d+$/.test(text)) {
    return [Number(text)];
  }
  const numbers = (/^vec[234][iu]?\((.*)\)$/.exec(text)?.[1] ?? text).split(', ');
  if (!numbers.every((number) => /^-?(\d|NaN$|Infinity$)/.test(number))) {
    throw new TypeError(`"${text}" is no index`);
  }
  return numbers.map(Number);
}

/** The components of an element, to be read and written where they are. */
function placeIn(buffer: DebugBuffer, way: Way): object {
  const components = () => buffer.read(way) as AnyVector;
  const place = {};
  for (const name of COMPONENTS.slice(0, componentsIn(buffer.type))) {
    Object.defineProperty(place, name, {
      get: () => (components() as unknown as Record<string, number>)[name],
      set(value: number) {
        buffer.write(way, Object.assign(components(), { [name]: value }));
      },
    });
  }
  return place;
}

/** A uniform that is an array, as kernels see it. */
export function uniformArray(name: string, numbers: readonly number[], watcher: Watcher): object {
  const uniform: Indexed = { name, size: [numbers.length] };
  return new Proxy(numbers, {
    get(_, key) {
      if (key === SHAPE) {
        return uniform.size;
      }
      if (key === 'type' || key === ELEMENTS || key === STEPS) {
        // Whoever asks wants to know whether it is a vector or an array.
        return undefined;
      }
      const { position, path } = leafOf(uniform, { position: 0, path: [] }, key);
      if (position < 0) {
        watcher.outside(uniform, path);
      }
      return numbers[position] ?? 0;
    },
    set() {
      throw new TypeError(`the uniform ${name} is assigned, and uniforms are read-only`);
    },
  });
}

/** `array([a, b])`, or `array(size, fill)` where the rewritten kernel passes the fill as a function. */
export function array(first: number | readonly KernelValue[], fill?: KernelValue | (() => KernelValue)): object {
  const element = () => (typeof fill === 'function' ? fill() : copyOf(fill!));
  return arrayOf(Array.isArray(first) ? first.map(copyOf) : Array.from({ length: first as number }, element));
}

function arrayOf(elements: KernelValue[]): object {
  const zero = zeroOf(typeOf(elements[0])!);
  const find = (key: unknown) => {
    const index = Math.floor(toIndices(key)[0]!);
    return index >= 0 && index < elements.length ? index : -1;
  };
  return new Proxy(elements, {
    get(_, key) {
      if (key === ELEMENTS) {
        return elements;
      }
      if (key === SHAPE) {
        return [elements.length];
      }
      if (key === PLACE) {
        return (index: unknown) => elements[find(index)] ?? copyOf(zero);
      }
      // Whoever asks for the type wants to know whether it is a vector; all that is in an array is one thread's.
      return key === 'type' || key === STEPS ? undefined : copyOf(elements[find(key)] ?? zero);
    },
    set(_, key, value) {
      if (typeOf(value) !== typeOf(zero)) {
        throw new TypeError(`a ${typeOf(value)} is stored in an array of ${typeOf(zero)}`);
      }
      const index = find(key);
      if (index >= 0) {
        elements[index] = copyOf(value);
      }
      return true;
    },
  });
}

/** An element itself, or a place in a buffer. */
export function place(container: unknown, index: unknown): unknown {
  return (container as { [PLACE](index: unknown): unknown })[PLACE](index);
}

/** A buffer or a row in which what is read and then written is one step; an array as it is. */
export function steps(container: unknown): unknown {
  return (container as { [STEPS]?: unknown })[STEPS] ?? container;
}

/** JavaScript's `Atomics`, on buffers of integers and their rows. */
export const atomics = Object.fromEntries(
  ATOMICS.map((name) => [
    name,
    (container: { [ATOMIC](name: AtomicsName, index: unknown, values: number[]): number }, index: unknown, ...values: number[]) =>
      container[ATOMIC](name, index, values),
  ]),
);

/** An object whose properties are several components of `vector` at once: assigning to `xy` assigns to `x` and `y`. */
export function swizzled(vector: unknown): object {
  return new Proxy(vector as Record<string, unknown>, {
    set(target, word, value) {
      const components = componentsOf(value as AnyVector);
      [...String(word)].forEach((letter, index) => {
        target[letter] = components[index];
      });
      return true;
    },
  });
}

/** A value or an array like this one that shares nothing with it. */
export function copy<T>(value: T): T {
  if (isVector(value)) {
    return copyOf(value);
  }
  const elements = typeof value === 'object' && value !== null ? (value as { [ELEMENTS]?: KernelValue[] })[ELEMENTS] : undefined;
  return elements ? (arrayOf(elements.map(copyOf)) as T) : value;
}

/** The size of a buffer, of a part of one, or of an array. */
export function dim(thing: unknown): number | GPUVector {
  const shape = (thing as { [SHAPE]: number[] })[SHAPE];
  return shape.length === 1 ? shape[0]! : floats.of(shape);
}
