// What all vectors have in common, whatever their components are: how they are known, made, compared and taken apart.

import { isVectorName, type VectorName } from './elements.js';
import type { GPUIntegerVector } from './integer_vectors.js';
import type { GPUVector } from './vectors.js';

export const COMPONENTS = ['x', 'y', 'z', 'w'] as const;

/** A vector of numbers or of integers. */
export type AnyVector = GPUVector | GPUIntegerVector;

// A program can hold two copies of this package, as ESM and as CommonJS: a vector is known by its fields.
export function isVector(value: unknown): value is AnyVector {
  const vector = value as AnyVector | null;
  return typeof value === 'object' && vector !== null && isVectorName(vector.type) && typeof vector.x === 'number';
}

export function componentsOf(vector: AnyVector): number[] {
  return read(vector.type, vector as unknown as Readonly<Record<string, number>>);
}

// As many components as vectors of this type have, each read once.
function read<C>(type: VectorName, vector: Readonly<Record<string, C>>): C[] {
  const count = type[3];
  const { x, y } = vector as { readonly x: C; readonly y: C };
  return count === '2' ? [x, y] : count === '3' ? [x, y, vector['z']!] : [x, y, vector['z']!, vector['w']!];
}

/** A vector's type and components. */
export interface VectorParts<C = number> {
  readonly type: VectorName;
  readonly components: C[];
}

/** The parts of what a user gives as a vector, each read once: it may be anything that has such a type. Undefined for all else. */
export function partsOf(value: unknown): VectorParts<unknown> | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const vector = value as Record<string, unknown>;
  const { type } = vector;
  if (typeof type !== 'string' || !isVectorName(type)) {
    return undefined;
  }
  return { type, components: read(type, vector) };
}

/** Throws unless all of these are numbers. */
export function requireNumbers(what: string, components: readonly unknown[]): void {
  for (const component of components) {
    if (typeof component !== 'number') {
      throw new TypeError(`${what} takes numbers, not ${describe(component)}`);
    }
  }
}

/** The other vector, which must be of the same type. */
export function sameType<V extends AnyVector>(vector: V, other: unknown, method: string): V {
  if (!isVector(other) || other.type !== vector.type) {
    throw new TypeError(`${method} of a ${vector.type} takes a ${vector.type}, not ${describe(other)}`);
  }
  return other as V;
}

function describe(value: unknown): string {
  return isVector(value) ? `a ${value.type}` : value === undefined ? 'nothing' : value === null ? 'null' : `a ${typeof value}`;
}

/** One of two components of the same name. */
export type Combine = (mine: number, theirs: number) => number;

interface VectorClass<V> {
  readonly prototype: object;
  new (...components: number[]): V;
}

/** The vectors of two, three and four components of one kind. It gives their classes what they have in common. */
export class Family<V extends AnyVector> {
  readonly #classes: readonly VectorClass<V>[];
  /** What the names of its types end with. */
  readonly #suffix: string;

  constructor(suffix: '' | 'i' | 'u', classes: readonly object[]) {
    this.#suffix = suffix;
    this.#classes = classes as readonly VectorClass<V>[];
    this.#addComparisons();
    this.#classes.forEach((vectorClass, index) => this.#addSwizzles(vectorClass, COMPONENTS.slice(0, index + 2)));
  }

  /** The vector of two to four components. */
  of(components: readonly number[]): V {
    return new this.#classes[components.length - 2]!(...components);
  }

  /** What `vec3(…)` and its like give: one number is repeated, vectors of every kind count as their components. */
  construct(count: number, parts: readonly unknown[]): V {
    const name = `vec${count}${this.#suffix}`;
    const components = parts.flatMap((part) => (isVector(part) ? componentsOf(part) : [part])) as number[];
    requireNumbers(name, components);
    if (parts.length === 1 && components.length === 1) {
      return this.of(Array<number>(count).fill(components[0]!));
    }
    if (components.length !== count) {
      throw new TypeError(`${name} takes 1 or ${count} components, not ${components.length}`);
    }
    return this.of(components);
  }

  /** Does something with each component. */
  map(vector: V, change: (component: number) => number): V {
    return this.of(componentsOf(vector).map(change));
  }

  /** Puts the components of two vectors together. */
  zip(vector: V, other: V, combine: Combine): V {
    const theirs = componentsOf(other);
    return this.of(componentsOf(vector).map((mine, index) => combine(mine, theirs[index]!)));
  }

  addMethod(name: string | symbol, body: (this: V, ...parts: never[]) => unknown): void {
    for (const vectorClass of this.#classes) {
      Object.defineProperty(vectorClass.prototype, name, { value: body, writable: true, configurable: true });
    }
  }

  addUnary(name: string, change: (component: number) => number): void {
    const family = this;
    this.addMethod(name, function () {
      return family.map(this, change);
    });
  }

  /** A method that takes a vector of the same type, and perhaps a number in its place. */
  addBinary(name: string, combine: Combine, takesNumber = false): void {
    const family = this;
    this.addMethod(name, function (other: unknown) {
      if (takesNumber && typeof other === 'number') {
        return family.map(this, (mine) => combine(mine, other));
      }
      return family.zip(this, sameType(this, other, name), combine);
    });
  }

  #addComparisons(): void {
    this.addMethod('equals', function (other: unknown) {
      const theirs = componentsOf(sameType(this, other, 'equals'));
      return componentsOf(this).every((mine, index) => mine === theirs[index]);
    });
    this.addMethod('notEquals', function (other: unknown) {
      const theirs = componentsOf(sameType(this, other, 'notEquals'));
      return componentsOf(this).some((mine, index) => mine !== theirs[index]);
    });
    this.addMethod('toString', function () {
      return `${this.type}(${componentsOf(this).join(', ')})`;
    });
  }

  #addSwizzles(vectorClass: VectorClass<V>, letters: readonly string[]): void {
    const family = this;
    letters.forEach((letter, index) => {
      Object.defineProperty(vectorClass.prototype, index, {
        get(this: Record<string, number>) {
          return this[letter];
        },
        set(this: Record<string, number>, value: number) {
          this[letter] = value;
        },
        configurable: true,
      });
    });
    let words = letters;
    for (let length = 2; length <= 4; length++) {
      words = words.flatMap((word) => letters.map((letter) => word + letter));
      for (const word of words) {
        Object.defineProperty(vectorClass.prototype, word, {
          get(this: Record<string, number>) {
            return family.of([...word].map((letter) => this[letter]!));
          },
          configurable: true,
        });
      }
    }
  }
}
