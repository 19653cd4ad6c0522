// What the debug backend reports: indices outside of a buffer, elements that two threads of one run are at, and integers that are not kept.

import { isVectorName } from '../elements.js';
import type { DebugReport } from '../types.js';
import { vec3, type GPUVec3 } from '../vectors.js';
import type { DebugBuffer, Indexed, Watcher } from './memory.js';

/** How many places of one run are looked up: finding a line takes a stack, which takes time. */
const MAX_LOOKED_UP = 1000;

/** Threads by element, each by a number that no two threads of any runs share; 0 is nobody. */
interface Visits {
  /** Who wrote it last. */
  readonly writers: Float64Array;
  /** Who read it last, and who did before that one. */
  readonly readers: Float64Array;
  readonly otherReaders: Float64Array;
  /** Who changed it in one step last. */
  readonly updaters: Float64Array;
}

/** Watches the accesses of runs and tells each fault once a line. */
export class Reporter implements Watcher {
  readonly #tell: (report: DebugReport) => void;
  /** Who was at the elements of a buffer. */
  readonly #visits = new Map<DebugBuffer, Visits>();
  readonly #told = new Set<string>();
  #file = '';
  #firstOfRun = 1;
  #current = 0;
  #thread: readonly [number, number, number] = [0, 0, 0];
  #lookedUp = 0;

  constructor(tell: ((report: DebugReport) => void) | undefined) {
    this.#tell = tell ?? ((report) => console.warn(`hpc.js: ${report.message}`));
  }

  /** A run begins. */
  start(file: string): void {
    this.#file = file;
    this.#firstOfRun = this.#current + 1;
    this.#lookedUp = 0;
  }

  /** The next thread begins; returns its id as kernels see it. */
  enter(x: number, y: number, z: number): GPUVec3 {
    this.#current += 1;
    this.#thread = [x, y, z];
    return vec3(x, y, z);
  }

  read(buffer: DebugBuffer, element: number, index: readonly number[]): void {
    const { writers, readers, otherReaders, updaters } = this.#visitsOf(buffer);
    if (readers[element] !== this.#current) {
      otherReaders[element] = readers[element]!;
      readers[element] = this.#current;
    }
    if (this.#isAnother(writers[element]!) || this.#isAnother(updaters[element]!)) {
      this.#report('race', buffer, index, 'is read, which another thread of this run has written');
    }
  }

  write(buffer: DebugBuffer, element: number, index: readonly number[]): void {
    const { writers, updaters } = this.#visitsOf(buffer);
    const writer = writers[element]!;
    const reader = this.#readerOf(buffer, element);
    writers[element] = this.#current;
    if (this.#isAnother(writer) || this.#isAnother(updaters[element]!)) {
      this.#report('race', buffer, index, 'is written, which another thread of this run has written too');
    } else if (this.#isAnother(reader)) {
      this.#report('race', buffer, index, 'is written, which another thread of this run has read');
    }
  }

  update(buffer: DebugBuffer, element: number, index: readonly number[]): void {
    const { writers, updaters } = this.#visitsOf(buffer);
    updaters[element] = this.#current;
    if (this.#isAnother(writers[element]!)) {
      this.#report('race', buffer, index, 'is accumulated in, which another thread of this run has written');
    } else if (this.#isAnother(this.#readerOf(buffer, element))) {
      this.#report('race', buffer, index, 'is accumulated in, which another thread of this run has read');
    }
  }

  outside(indexed: Indexed, index: readonly number[]): void {
    if (index.some(Number.isNaN)) {
      this.#report('nan-index', indexed, index, 'is used, which has no element there');
    } else {
      this.#report('out-of-range', indexed, index, `is used, which is outside of its size [${indexed.size.join(', ')}]`);
    }
  }

  rounded(buffer: DebugBuffer, index: readonly number[], given: number, kept: number): void {
    const { name, type } = buffer;
    const exact = isVectorName(type) ? `${type}i or ${type}u` : 'i32, u32 or f64';
    const what = `is set to the integer ${given}, which the type ${type} rounds to ${kept}: declare the buffer "${name}" ${exact}`;
    this.#report('precision', buffer, index, what);
  }

  /** Whether a visitor belongs to this run and is not the current thread. */
  #isAnother(visitor: number): boolean {
    return visitor >= this.#firstOfRun && visitor !== this.#current;
  }

  // The last reader of an element that is not the current thread.
  #readerOf(buffer: DebugBuffer, element: number): number {
    const { readers, otherReaders } = this.#visitsOf(buffer);
    return readers[element] === this.#current ? otherReaders[element]! : readers[element]!;
  }

  #visitsOf(buffer: DebugBuffer): Visits {
    let visits = this.#visits.get(buffer);
    if (!visits) {
      const none = () => new Float64Array(buffer.contents.length);
      visits = { writers: none(), readers: none(), otherReaders: none(), updaters: none() };
      this.#visits.set(buffer, visits);
    }
    return visits;
  }

  #report(kind: DebugReport['kind'], { name }: Indexed, index: readonly number[], what: string): void {
    if (this.#lookedUp >= MAX_LOOKED_UP) {
      return;
    }
    this.#lookedUp += 1;
    const file = this.#file;
    const line = lineIn(file);
    const place = `${kind} ${name} ${line}`;
    if (this.#told.has(place)) {
      return;
    }
    this.#told.add(place);
    const thread = this.#thread;
    const message = `${kind}: ${name}[${index.join('][')}] ${what} (thread ${thread.join(', ')}, ${file}:${line})`;
    this.#tell({ kind, message, buffer: name, index, thread, file, line });
  }
}

/** The line of the innermost frame in `file`. */
function lineIn(file: string): number {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  const start = stack.indexOf(`${file}:`);
  return start < 0 ? 0 : Number.parseInt(stack.slice(start + file.length + 1), 10);
}
