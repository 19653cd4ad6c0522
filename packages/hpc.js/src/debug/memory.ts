// Buffers and arrays as kernels see them: an index is rounded down, a read outside gives zero, a write outside is dropped,
// and an element is copied whenever it is read or stored.

import { elementCount, floatsOf } from '../data.js';
import type { ElementName, Size, UniformValue } from '../types.js';
import { componentsOf, isVector, vectorOf, type GPUVec4, type GPUVector } from '../vectors.js';

const SHAPE = Symbol('shape');
const ELEMENTS = Symbol('elements');
const PLACE = Symbol('place');
const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** Is told of every access to an element, and of every index that is outside. */
export interface Watcher {
  read(buffer: DebugBuffer, element: number, index: readonly number[]): void;
  write(buffer: DebugBuffer, element: number, index: readonly number[]): void;
  outside(buffer: DebugBuffer, index: readonly number[]): void;
}

/** A buffer in host memory. */
export class DebugBuffer {
  readonly data: Float32Array;
  /** What kernels see. */
  readonly view: object;

  constructor(
    readonly name: string,
    readonly type: ElementName,
    readonly size: Size,
    readonly watcher: Watcher,
  ) {
    this.data = new Float32Array(elementCount(size) * floatsOf(type));
    this.view = level(this, { position: 0, path: [] });
  }

  read({ position, path }: Way): UniformValue {
    if (position < 0) {
      this.watcher.outside(this, path);
      return zeroOf(this.type);
    }
    this.watcher.read(this, position, path);
    if (this.type === 'number') {
      return this.data[position]!;
    }
    const start = position * floatsOf(this.type);
    return vectorOf([...this.data.subarray(start, start + componentCount(this.type))]);
  }

  write({ position, path }: Way, value: unknown): void {
    if (typeOf(value) !== this.type) {
      throw new TypeError(`a ${typeOf(value)} is stored in a buffer of ${this.type}`);
    }
    if (position < 0) {
      this.watcher.outside(this, path);
      return;
    }
    this.watcher.write(this, position, path);
    this.data.set(isVector(value) ? componentsOf(value) : [value as number], position * floatsOf(this.type));
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
        if (key === 'type') {
          // Whoever asks wants to know whether it is a vector.
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

function step(buffer: DebugBuffer, { position, path }: Way, index: unknown): Way {
  let at = position;
  const indices = toIndices(index);
  for (const [offset, value] of indices.entries()) {
    const extent = buffer.size[path.length + offset];
    if (extent === undefined) {
      throw new TypeError(`too many indices for ${buffer.name}, which has ${buffer.size.length} dimensions`);
    }
    const rounded = Math.floor(value);
    at = at >= 0 && rounded >= 0 && rounded < extent ? at * extent + rounded : -1;
  }
  return { position: at, path: [...path, ...indices] };
}

function leafOf(buffer: DebugBuffer, way: Way, index: unknown): Way {
  const leaf = step(buffer, way, index);
  if (leaf.path.length !== buffer.size.length) {
    throw new TypeError(`too few indices for ${buffer.name}, which has ${buffer.size.length} dimensions`);
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
  const numbers = (/^vec[234]\((.*)\)$/.exec(text)?.[1] ?? text).split(', ');
  if (!numbers.every((number) => /^-?(\d|NaN$|Infinity$)/.test(number))) {
    throw new TypeError(`"${text}" is no index`);
  }
  return numbers.map(Number);
}

/** The components of an element, to be read and written where they are. */
function placeIn(buffer: DebugBuffer, way: Way): object {
  const components = () => buffer.read(way) as GPUVector;
  const place = {};
  for (const name of COMPONENTS.slice(0, componentCount(buffer.type))) {
    Object.defineProperty(place, name, {
      get: () => (components() as unknown as Record<string, number>)[name],
      set(value: number) {
        buffer.write(way, Object.assign(components(), { [name]: value }));
      },
    });
  }
  return place;
}

/** `array([a, b])`, or `array(size, fill)` where the rewritten kernel passes the fill as a function. */
export function array(first: number | readonly UniformValue[], fill?: UniformValue | (() => UniformValue)): object {
  const element = () => (typeof fill === 'function' ? fill() : copy(fill!));
  return arrayOf(Array.isArray(first) ? first.map(copy) : Array.from({ length: first as number }, element));
}

function arrayOf(elements: UniformValue[]): object {
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
        return (index: unknown) => elements[find(index)] ?? copy(zero);
      }
      // Whoever asks for the type wants to know whether it is a vector.
      return key === 'type' ? undefined : copy(elements[find(key)] ?? zero);
    },
    set(_, key, value) {
      if (typeOf(value) !== typeOf(zero)) {
        throw new TypeError(`a ${typeOf(value)} is stored in an array of ${typeOf(zero)}`);
      }
      const index = find(key);
      if (index >= 0) {
        elements[index] = copy(value);
      }
      return true;
    },
  });
}

/** An element itself, or a place in a buffer. */
export function place(container: unknown, index: unknown): unknown {
  return (container as { [PLACE](index: unknown): unknown })[PLACE](index);
}

/** An object whose properties are several components of `vector` at once: assigning to `xy` assigns to `x` and `y`. */
export function swizzled(vector: unknown): object {
  return new Proxy(vector as Record<string, unknown>, {
    set(target, word, value) {
      const components = componentsOf(value as GPUVector);
      [...String(word)].forEach((letter, index) => {
        target[letter] = components[index];
      });
      return true;
    },
  });
}

/** Whether numbers and booleans are the same, and vectors equal. */
export function equals(left: unknown, right: unknown): boolean {
  return isVector(left) && isVector(right) ? (left as GPUVec4).equals(right as GPUVec4) : left === right;
}

/** A value like this one that shares nothing with it. */
export function copy<T>(value: T): T {
  if (isVector(value)) {
    return vectorOf(componentsOf(value)) as T;
  }
  const elements = typeof value === 'object' && value !== null ? (value as { [ELEMENTS]?: UniformValue[] })[ELEMENTS] : undefined;
  return elements ? (arrayOf(elements.map(copy)) as T) : value;
}

/** The size of a buffer, of a part of one, or of an array. */
export function dim(thing: unknown): number | GPUVector {
  const shape = (thing as { [SHAPE]: number[] })[SHAPE];
  return shape.length === 1 ? shape[0]! : vectorOf(shape);
}

function componentCount(type: string): number {
  return type === 'number' || type === 'boolean' ? 1 : Number(type[3]);
}

function typeOf(value: unknown): ElementName | 'boolean' | undefined {
  if (isVector(value)) {
    return value.type;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number' | 'boolean') : undefined;
}

function zeroOf(type: ElementName | 'boolean'): UniformValue {
  return type === 'boolean' ? false : type === 'number' ? 0 : vectorOf(Array<number>(componentCount(type)).fill(0));
}
