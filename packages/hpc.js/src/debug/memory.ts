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
const ROW = Symbol('row');

/** What is indexed: a buffer, or a uniform that is an array. */
export interface Indexed {
  readonly name: string;
  readonly size: Size;
}

/** Is told of every access to an element, of every index that is outside, and of numbers that a buffer does not keep. */
export interface Watcher {
  read(buffer: DebugBuffer, element: number, index: readonly number[]): void;
  write(buffer: DebugBuffer, element: number, index: readonly number[]): void;
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

  read({ position, path }: Way): KernelValue {
    if (position < 0) {
      this.watcher.outside(this, path);
      return zeroOf(this.#valueType);
    }
    this.watcher.read(this, position, path);
    const start = position * this.#slots;
    return valueOf(this.#valueType, [...this.contents.subarray(start, start + this.#components)]);
  }

  write({ position, path }: Way, value: unknown): void {
    if (typeOf(value) !== this.#valueType) {
      throw new TypeError(`a ${typeOf(value)} is stored in a buffer of ${this.type}`);
    }
    if (position < 0) {
      this.watcher.outside(this, path);
      return;
    }
    this.watcher.write(this, position, path);
    numbersOf(value).forEach((given, component) => {
      const at = position * this.#slots + component;
      this.contents[at] = kept(this.type, given);
      if (this.#isFloat && this.contents[at] !== given && Number.isInteger(given)) {
        this.watcher.rounded(this, path, given, this.contents[at]!);
      }
    });
  }
}

/** The indices so far, and the element or row that they lead to; a negative position is outside. */
interface Way {
  readonly position: number;
  readonly path: readonly number[];
}

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
        if (key === 'type' || key === ELEMENTS) {
          // Whoever asks wants to know whether it is a vector or an array: no copy is made of a buffer or a row.
          return undefined;
        }
        const length = buffer.size[way.path.length]!;
        if (key === 'length') {
          return length;
        }
        if (key === Symbol.iterator) {
          return () => elements(buffer.size.slice(way.path.length), (index) => {
            const next = step(buffer, way, index);
            return next.path.length === buffer.size.length ? buffer.read(next) : level(buffer, next);
          });
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

/** What `for … of` goes through: the first of these extents. */
function* elements([length]: readonly number[], read: (index: number) => unknown): Generator<unknown> {
  for (let index = 0; index < length!; index++) {
    yield read(index);
  }
}

function step({ name, size }: Indexed, { position, path }: Way, index: unknown): Way {
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
  return { position: at, path: [...path, ...indices] };
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
  COMPONENTS.slice(0, componentsIn(buffer.type)).forEach((name, index) => {
    const accessors = {
      get: () => (components() as unknown as Record<string, number>)[name],
      set(value: number) {
        buffer.write(way, Object.assign(components(), { [name]: value }));
      },
    };
    Object.defineProperties(place, { [name]: accessors, [index]: accessors });
  });
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
      if (key === 'type' || key === ELEMENTS) {
        // Whoever asks wants to know whether it is a vector or an array.
        return undefined;
      }
      if (key === 'length') {
        return numbers.length;
      }
      if (key === Symbol.iterator) {
        return () => elements(uniform.size, (index) => numbers[index]);
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

/** What arrays in kernels hold: values, or rows. */
type Item = KernelValue | object;

/** `array([a, b])`, or `array(size, fill)` where the rewritten kernel passes the fill as a function. */
export function array(first: number | readonly Item[], fill?: Item | (() => Item)): object {
  const element = () => (typeof fill === 'function' ? (fill as () => Item)() : fill!);
  const items = Array.isArray(first) ? (first as Item[]) : Array.from({ length: first as number }, element);
  return arrayOf(items.map(itemOf));
}

/** An element of its own: a copy of a vector, and of an array a row with the same elements. */
function itemOf(item: Item): Item {
  const list = listIn(item);
  return list ? arrayOf(list.map(itemOf), true) : copyOf(item);
}

function listIn(value: unknown): Item[] | undefined {
  return typeof value === 'object' && value !== null ? (value as { [ELEMENTS]?: Item[] })[ELEMENTS] : undefined;
}

/** Zero, or a row of zeros. */
function nothingLike(item: Item): Item {
  const list = listIn(item);
  return list ? arrayOf(list.map(nothingLike), true) : zeroOf(typeOf(item)!);
}

/** An array; a row of another one is never copied but with all of it. */
function arrayOf(list: Item[], isRow = false): object {
  const find = (key: unknown) => {
    const index = Math.floor(toIndices(key)[0]!);
    return index >= 0 && index < list.length ? index : -1;
  };
  const at = (key: unknown) => list[find(key)] ?? nothingLike(list[0]!);
  return new Proxy(list, {
    get(_, key) {
      if (key === ELEMENTS) {
        return list;
      }
      if (key === ROW) {
        return isRow;
      }
      if (key === SHAPE) {
        return [list.length, ...((list[0] as { [SHAPE]?: number[] })[SHAPE] ?? [])];
      }
      if (key === PLACE) {
        return at;
      }
      if (key === 'length') {
        return list.length;
      }
      if (key === Symbol.iterator) {
        return () => elements([list.length], (index) => copyOf(list[index]));
      }
      // Whoever asks for the type wants to know whether it is a vector.
      return key === 'type' ? undefined : copyOf(at(key));
    },
    set(_, key, value) {
      if (typeOf(value) === undefined || typeOf(value) !== typeOf(list[0])) {
        throw new TypeError(`a ${typeOf(value) ?? 'thing'} is stored in an array of ${typeOf(list[0]) ?? 'arrays'}`);
      }
      const index = find(key);
      if (index >= 0) {
        list[index] = copyOf(value);
      }
      return true;
    },
  });
}

/** An element itself, or a place in a buffer. */
export function place(container: unknown, index: unknown): unknown {
  return (container as { [PLACE](index: unknown): unknown })[PLACE](index);
}

/** An element to whose components something is assigned by an index, or a row. */
export function part(container: unknown, index: unknown): unknown {
  const value = (container as Record<string, unknown>)[index as string];
  return isVector(value) ? place(container, index) : value;
}

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

/** A value or an array like this one that shares nothing with it. A row stays what it is. */
export function copy<T>(value: T): T {
  if (isVector(value)) {
    return copyOf(value);
  }
  const list = listIn(value);
  return list && !(value as { [ROW]?: boolean })[ROW] ? (arrayOf(list.map(itemOf)) as T) : value;
}

/** The size of a buffer, of a part of one, or of an array. */
export function dim(thing: unknown): number | GPUVector {
  const shape = (thing as { [SHAPE]: number[] })[SHAPE];
  return shape.length === 1 ? shape[0]! : floats.of(shape);
}
