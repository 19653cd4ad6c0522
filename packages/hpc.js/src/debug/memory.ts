// Buffers, uniforms and arrays as kernels see them: an index is rounded down, a read outside gives zero, a write outside is dropped,
// and an element is copied whenever it is read or stored.

import { kept, zerosFor } from '../data.js';
import { componentsIn, scalarOf, slotsOf, valueTypeOf, type ValueType } from '../elements.js';
import type { ElementName, KernelValue, Size, TypedArray } from '../types.js';
import { COMPONENTS, componentsOf, isVector, type AnyVector } from '../vector_family.js';
import { floats, type GPUVector } from '../vectors.js';
import { copyOf, numbersOf, typeOf, valueOf, zeroOf } from '../values.js';

/** The extents of what is indexed. */
export const SHAPE = Symbol('shape');
/** The elements of an array that a kernel has made. */
export const ELEMENTS = Symbol('elements');
/** What an object in a buffer holds, as an object of its own. */
export const OBJECT = Symbol('object');
/** What stands behind an index or in a field, to be assigned to component by component. */
export const PLACE = Symbol('place');
/** The same buffer or row, where what is read and then written is one step. */
export const STEPS = Symbol('steps');
/** What a function of `Atomics` does to an element. */
export const ATOMIC = Symbol('atomic');
/** Whether it is a row of an array of arrays. */
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
    /** Whether it is a column of a buffer of objects. */
    readonly isColumn = false,
  ) {
    this.contents = zerosFor(this);
    this.view = level(this, { position: 0, path: [] });
    this.#valueType = valueTypeOf(type);
    this.#slots = slotsOf(type);
    this.#components = componentsIn(type);
    this.#isFloat = ['number', 'f16'].includes(scalarOf(type));
  }

  /** A buffer of another size with the elements that both have, each at its index. */
  resized(size: Size): DebugBuffer {
    const made = new DebugBuffer(this.name, this.type, size, this.watcher, this.isColumn);
    const copy = (depth: number, from: number, to: number): void => {
      const [before, after] = [this.size[depth]!, size[depth]!];
      const shared = Math.min(before, after);
      if (depth === size.length - 1) {
        const start = from * before * this.#slots;
        made.contents.set(this.contents.subarray(start, start + shared * this.#slots), to * after * this.#slots);
        return;
      }
      for (let index = 0; index < shared; index++) {
        copy(depth + 1, from * before + index, to * after + index);
      }
    };
    copy(0, 0, 0);
    return made;
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
export interface Way {
  readonly position: number;
  readonly path: readonly number[];
  /** Whether what is read there and then written is one step. */
  readonly inSteps?: boolean;
}

/** The functions of `Atomics` that kernels have. */
type AtomicsName = (typeof ATOMICS)[number];

const ATOMICS = ['add', 'and', 'compareExchange', 'exchange', 'load', 'or', 'store', 'sub', 'xor'] as const;

/** A buffer after some indices. */
export function level(buffer: DebugBuffer, way: Way): object {
  return new Proxy(
    Object.create(null) as object,
    {
      get(_, key) {
        if (key === SHAPE) {
          return buffer.size.slice(way.path.length);
        }
        if (key === PLACE) {
          return (index: unknown) => {
            const next = step(buffer, way, index);
            return next.path.length === buffer.size.length ? placeIn(buffer, next) : level(buffer, next);
          };
        }
        if (key === STEPS) {
          return level(buffer, { ...way, inSteps: true });
        }
        if (key === ATOMIC) {
          return (name: AtomicsName, index: unknown, values: number[]) => buffer.atomic(name, leafOf(buffer, way, index), values);
        }
        if (key === 'type' || key === ELEMENTS || key === OBJECT) {
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

export function step({ name, size }: Indexed, { position, path, inSteps = false }: Way, index: unknown): Way {
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
export function toIndices(index: unknown): number[] {
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
export function placeIn(buffer: DebugBuffer, way: Way): object {
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
      if (key === 'type' || key === ELEMENTS || key === OBJECT || key === STEPS) {
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

/** `array([a, b])`, or `array(size, fill)` where the rewritten kernel passes the fill as a function. */
export function array(first: number | readonly unknown[], fill?: unknown): object {
  const element = () => (typeof fill === 'function' ? (fill as () => unknown)() : fill);
  const items = Array.isArray(first) ? (first as unknown[]) : Array.from({ length: first as number }, element);
  return arrayOf(items.map(itemOf));
}

/** An element of its own: a copy, and of an array a row with the same elements. */
function itemOf(item: unknown): unknown {
  const list = listIn(item);
  return list ? arrayOf(list.map(itemOf), true) : copy(item);
}

/** The elements of an array that a kernel has made. */
function listIn(value: unknown): unknown[] | undefined {
  return typeof value === 'object' && value !== null ? (value as { [ELEMENTS]?: unknown[] })[ELEMENTS] : undefined;
}

/** An array of values, objects or rows; a row of another one is never copied but with all of it. */
export function arrayOf(list: unknown[], isRow = false): object {
  const find = (key: unknown) => {
    const index = Math.floor(toIndices(key)[0]!);
    return index >= 0 && index < list.length ? index : -1;
  };
  const at = (key: unknown) => list[find(key)] ?? zeroLike(list[0]);
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
        return () => elements([list.length], (index) => copy(list[index]));
      }
      if (key === 'type' || key === OBJECT || key === STEPS) {
        // Whoever asks wants to know whether it is a vector, an object or shared with other threads.
        return undefined;
      }
      return copy(at(key));
    },
    set(_, key, value) {
      if (listIn(list[0]) || !areAlike(value, list[0])) {
        throw new TypeError(`a ${typeOf(value) ?? 'thing'} is stored in an array of ${typeOf(list[0]) ?? 'others'}`);
      }
      const index = find(key);
      if (index >= 0) {
        list[index] = copy(value);
      }
      return true;
    },
  });
}

/** An element itself, or a place in a buffer; what a field of an object holds. */
export function place(container: unknown, index: unknown): unknown {
  const { [PLACE]: at } = container as { [PLACE]?(index: unknown): unknown };
  return at ? at(index) : (container as Record<string, unknown>)[index as string];
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
      if (Object.hasOwn(target, word)) {
        // A field of an object, which happens to be called so.
        return Reflect.set(target, word, value);
      }
      const components = componentsOf(value as AnyVector);
      [...String(word)].forEach((letter, index) => {
        target[letter] = components[index];
      });
      return true;
    },
  });
}

/** A value, an array or an object like this one that shares nothing with it. A row stays what it is. */
export function copy<T>(value: T): T {
  if (isVector(value) || typeof value !== 'object' || value === null) {
    return copyOf(value);
  }
  const { [ELEMENTS]: elements, [OBJECT]: object } = value as { [ELEMENTS]?: unknown[]; [OBJECT]?(): T };
  if (elements) {
    return (value as { [ROW]?: boolean })[ROW] ? value : (arrayOf(elements.map(itemOf)) as T);
  }
  return object ? object() : isPlain(value) ? (withEach(value, copy) as T) : value;
}

/** What a function gets of an argument: a copy, but of arrays, which it may change. */
export function passed(value: unknown): unknown {
  return listIn(value) ? value : copy(value);
}

/** Whether a value is an object that a kernel has made. What it is given has no prototype. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && String(value) === '[object Object]';
}

/** The object with each field changed. */
function withEach(object: object, change: (field: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([name, field]) => [name, change(field)]));
}

/** What has the type of a value and is all zeros. */
function zeroLike(value: unknown): unknown {
  const list = listIn(value);
  if (list) {
    return arrayOf(list.map(zeroLike), true);
  }
  return isPlain(value) ? withEach(value, zeroLike) : zeroOf(typeOf(value)!);
}

/** Whether two values have the same type. */
function areAlike(value: unknown, other: unknown): boolean {
  const [elements, others] = [listIn(value), listIn(other)];
  if (elements || others) {
    return elements?.length === others?.length && areAlike(elements![0], others![0]);
  }
  if (!isPlain(other)) {
    return typeOf(value) === typeOf(other);
  }
  const fields = Object.entries(other);
  const given = copy(value) as Record<string, unknown>;
  return isPlain(given) && Object.keys(given).length === fields.length && fields.every(([name, field]) => areAlike(given[name], field));
}

/** The size of a buffer, of a part of one, or of an array. */
export function dim(thing: unknown): number | GPUVector {
  const shape = (thing as { [SHAPE]: number[] })[SHAPE];
  return shape.length === 1 ? shape[0]! : floats.of(shape);
}
