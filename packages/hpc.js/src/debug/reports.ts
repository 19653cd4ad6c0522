// What the debug backend reports: indices outside of a buffer, and elements that two threads of one run are at.

import type { DebugReport } from '../types.js';
import { vec3, type GPUVec3 } from '../vectors.js';
import type { DebugBuffer, Watcher } from './memory.js';

/** How many places of one run are looked up: finding a line takes a stack, which takes time. */
const MAX_LOOKED_UP = 1000;

/** Watches the accesses of runs and tells each fault once a line. */
export class Reporter implements Watcher {
  readonly #tell: (report: DebugReport) => void;
  /** Who wrote an element last, by a number that no two threads of any runs share. */
  readonly #writers = new Map<DebugBuffer, Float64Array>();
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
    const writer = this.#writers.get(buffer)?.[element] ?? 0;
    if (writer >= this.#firstOfRun && writer !== this.#current) {
      this.#report('race', buffer, index, 'is read, which another thread of this run has written');
    }
  }

  write(buffer: DebugBuffer, element: number, index: readonly number[]): void {
    const writers = this.#writersOf(buffer);
    const writer = writers[element]!;
    writers[element] = this.#current;
    if (writer >= this.#firstOfRun && writer !== this.#current) {
      this.#report('race', buffer, index, 'is written, which another thread of this run has written too');
    }
  }

  outside(buffer: DebugBuffer, index: readonly number[]): void {
    if (index.some(Number.isNaN)) {
      this.#report('nan-index', buffer, index, 'is used, which has no element there');
    } else {
      this.#report('out-of-range', buffer, index, `is used, which is outside of its size [${buffer.size.join(', ')}]`);
    }
  }

  #writersOf(buffer: DebugBuffer): Float64Array {
    let writers = this.#writers.get(buffer);
    if (!writers) {
      writers = new Float64Array(buffer.data.length);
      this.#writers.set(buffer, writers);
    }
    return writers;
  }

  #report(kind: DebugReport['kind'], buffer: DebugBuffer, index: readonly number[], what: string): void {
    if (this.#lookedUp >= MAX_LOOKED_UP) {
      return;
    }
    this.#lookedUp += 1;
    const file = this.#file;
    const line = lineIn(file);
    const place = `${kind} ${buffer.name} ${line}`;
    if (this.#told.has(place)) {
      return;
    }
    this.#told.add(place);
    const thread = this.#thread;
    const message = `${kind}: ${buffer.name}[${index.join('][')}] ${what} (thread ${thread.join(', ')}, ${file}:${line})`;
    this.#tell({ kind, message, buffer: buffer.name, index, thread, file, line });
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
