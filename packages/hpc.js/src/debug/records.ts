// Buffers of objects as kernels see them: a field of `particles[i]` is an element of a column, and a copy of `particles[i]` a plain object.

import { isRecord, type Fields, type RecordBuffer } from '../records.js';
import {
  arrayOf, ELEMENTS, level, OBJECT, PLACE, placeIn, SHAPE, step, STEPS, toIndices, type DebugBuffer, type Way,
} from './memory.js';

/** The indices that lead to an object or to what a field of it holds. */
type Path = readonly number[];

/** What stands behind some indices: the values of a column, or objects. `inSteps` says whether what is read and then written is one step. */
interface Part {
  /** What kernels see of it: a value, or what is indexed or asked for its fields further on. */
  view(path: Path, inSteps?: boolean): unknown;
  /** The same, sharing nothing with the buffer. */
  copy(path: Path): unknown;
  /** What is assigned to component by component. */
  place(path: Path, inSteps?: boolean): unknown;
  write(path: Path, value: unknown, inSteps?: boolean): void;
}

/** A buffer of objects for kernels; `bufferOf` gives its columns by their names. */
export function recordView({ name, size, fields }: RecordBuffer, bufferOf: (column: string) => DebugBuffer): unknown {
  return new Objects(name, partsOf(name, fields, size.length, bufferOf), size, 0).view([]);
}

function partsOf(name: string, fields: Fields, depth: number, bufferOf: (column: string) => DebugBuffer): ReadonlyMap<string, Part> {
  const parts = [...fields].map(([key, field]): [string, Part] => {
    if (!field.fields) {
      return [key, new Values(bufferOf(field.name), depth)];
    }
    const inner = `${name}.${key}`;
    return [key, new Objects(inner, partsOf(inner, field.fields, depth + field.extents.length, bufferOf), field.extents, depth)];
  });
  return new Map(parts);
}

/** A column, `depth` of whose extents lead to an object: the others are those of an array in it. */
class Values implements Part {
  constructor(
    readonly buffer: DebugBuffer,
    readonly depth: number,
  ) {}

  view(path: Path, inSteps?: boolean): unknown {
    const way = this.#way(path, inSteps);
    return this.#isArray ? level(this.buffer, way) : this.buffer.read(way);
  }

  copy(path: Path): unknown {
    return inArrays(this.#extents, path, (inner) => this.buffer.read(this.#way(inner)));
  }

  place(path: Path, inSteps?: boolean): unknown {
    const isVector = !this.#isArray && this.buffer.type.startsWith('vec');
    return isVector ? placeIn(this.buffer, this.#way(path, inSteps)) : this.view(path, inSteps);
  }

  write(path: Path, value: unknown, inSteps?: boolean): void {
    eachPart(this.#extents, path, value, this.buffer.name, (inner, part) => this.buffer.write(this.#way(inner, inSteps), part));
  }

  get #extents(): Path {
    return this.buffer.size.slice(this.depth);
  }

  get #isArray(): boolean {
    return this.buffer.size.length > this.depth;
  }

  #way(path: Path, inSteps = false): Way {
    return path.reduce((way: Way, index) => step(this.buffer, way, index), { position: 0, path: [], inSteps });
  }
}

/** Objects in a buffer or in a field of other objects: behind `depth` indices one, or an array with these extents. */
class Objects implements Part {
  constructor(
    readonly name: string,
    readonly parts: ReadonlyMap<string, Part>,
    readonly extents: Path,
    readonly depth: number,
  ) {}

  view(path: Path, inSteps = false): unknown {
    const missing = this.depth + this.extents.length - path.length;
    return missing === 0 ? this.#object(path, inSteps) : this.#rows(path, missing, inSteps);
  }

  copy(path: Path): unknown {
    return inArrays(this.extents.slice(path.length - this.depth), path, (inner) => this.#copyOne(inner));
  }

  place(path: Path, inSteps?: boolean): unknown {
    return this.view(path, inSteps);
  }

  write(path: Path, value: unknown): void {
    eachPart(this.extents.slice(path.length - this.depth), path, value, this.name, (inner, part) => this.#writeOne(inner, part));
  }

  #copyOne(path: Path): object {
    return Object.fromEntries([...this.parts].map(([name, part]) => [name, part.copy(path)]));
  }

  #writeOne(path: Path, value: unknown): void {
    const names = [...this.parts.keys()];
    const given = isRecord(value) ? Object.keys(value as object) : [];
    if (given.length !== names.length || !names.every((name) => given.includes(name))) {
      throw new TypeError(`${this.name} holds objects { ${names.join(', ')} }, and something else is stored in it`);
    }
    // All is read before anything is written.
    const values = names.map((name) => (value as Record<string, unknown>)[name]);
    names.forEach((name, index) => this.parts.get(name)!.write(path, values[index]));
  }

  // Objects of which some indices are missing.
  #rows(path: Path, missing: number, inSteps: boolean): object {
    const at = (key: unknown): Path => {
      const indices = toIndices(key);
      if (indices.length > missing) {
        throw new TypeError(`too many indices for ${this.name}, which has ${this.extents.length} dimensions`);
      }
      return [...path, ...indices];
    };
    return new Proxy(Object.create(null) as object, {
      get: (_, key) => {
        switch (key) {
          case SHAPE:
            return this.extents.slice(-missing);
          case 'length':
            return this.extents.at(-missing);
          case PLACE:
            return (index: unknown) => this.view(at(index), inSteps);
          case STEPS:
            return this.#rows(path, missing, true);
          case 'type':
          case ELEMENTS:
          case OBJECT:
            return undefined;
          default:
            return this.view(at(key), inSteps);
        }
      },
      set: (_, key, value) => {
        this.write(at(key), value);
        return true;
      },
    });
  }

  // One object where it lies: what is read of it is read there, and what is assigned is written there.
  #object(path: Path, inSteps: boolean): object {
    const part = (key: string | symbol): Part => {
      const found = this.parts.get(String(key));
      if (!found) {
        throw new TypeError(`the objects of ${this.name} have no field ${String(key)}`);
      }
      return found;
    };
    return new Proxy(Object.create(null) as object, {
      get: (_, key) => {
        switch (key) {
          case OBJECT:
            return () => this.#copyOne(path);
          case PLACE:
            return (name: string) => part(name).place(path, inSteps);
          case STEPS:
            return this.#object(path, true);
          case SHAPE:
          case ELEMENTS:
            return undefined;
          case 'type':
            return this.parts.get(key)?.view(path);
          default:
            return part(key).view(path, inSteps);
        }
      },
      set: (_, key, value) => {
        part(key).write(path, value, inSteps);
        return true;
      },
      ownKeys: () => [...this.parts.keys()],
      getOwnPropertyDescriptor: (_, key) =>
        this.parts.has(String(key)) ? { value: this.parts.get(String(key))!.view(path), enumerable: true, configurable: true } : undefined,
    });
  }
}

// What `at` gives behind a path, or an array of it.
function inArrays(extents: Path, path: Path, at: (path: Path) => unknown): unknown {
  const [extent, ...more] = extents;
  return extent === undefined ? at(path) : arrayOf(Array.from({ length: extent }, (_, index) => inArrays(more, [...path, index], at)));
}

// Writes a value, or each element of an array with these extents.
function eachPart(extents: Path, path: Path, value: unknown, name: string, write: (path: Path, part: unknown) => void): void {
  const [extent, ...more] = extents;
  if (extent === undefined) {
    write(path, value);
    return;
  }
  const shape = (value as { readonly [SHAPE]?: Path } | null | undefined)?.[SHAPE];
  if (shape?.[0] !== extent) {
    throw new TypeError(`${name} is an array of ${extents.join(' x ')} elements, and something else is assigned`);
  }
  for (let index = 0; index < extent; index++) {
    eachPart(more, [...path, index], (value as Readonly<Record<number, unknown>>)[index], name, write);
  }
}
