// What kernels tell by `console.log`: as bytes that come back with runs, or values of the debug backend; and as text, which is the same of both.

import { isFailure, type Failure } from './errors.js';
import { componentsOf, isVector } from './vector_family.js';

/** How many calls each run tells at most if nobody says otherwise, and if somebody does. */
export const LOG_LIMIT = 64;
export const MOST_LOGGED = 65536;

/** Gets a line for each call. */
export type Listener = (line: string) => void;

/** What a run of Rust has told, to come. */
export interface NativeLog {
  /** The calls that records name: each its line and its parts, with a zero character between them. A text has a quote in front. */
  readonly calls: string[];
  contents(): Promise<Uint8Array | Failure>;
}

// The words of the buffer that it comes back in, as `artifact/src/log.rs` has them.
const HEAD = 5;
const RECORD = HEAD + 2 * 16;
const MANY = 2 ** 31;

/** A thread's id. */
export type Thread = readonly [number, number, number];

/** What the runs of a session tell, brought to a listener in the order of the runs. */
export class Logs {
  readonly #next: () => NativeLog | null;
  readonly #listener: Listener;
  /** Resolves when all has been told that was gathered. */
  #told: Promise<void> | undefined;

  constructor(next: () => NativeLog | null, listener: Listener | undefined) {
    this.#next = next;
    this.#listener = listener ?? ((line) => console.log(line));
  }

  /** Takes what has been enqueued. */
  gather(): void {
    for (let log = this.#next(); log; log = this.#next()) {
      const { calls } = log;
      const told = Promise.all([log.contents(), this.#told]).then(([contents]) => {
        // What failed is told to whoever waits for something.
        if (!isFailure(contents)) {
          linesOf(calls, contents).forEach((line) => this.#listener(line));
        }
        if (this.#told === told) {
          this.#told = undefined;
        }
      });
      this.#told = told;
    }
  }

  /** What a promise gives, once what was told before is out. */
  async before<T>(promise: Promise<T>): Promise<T> {
    const told = this.#told;
    const result = await promise;
    await told;
    return result;
  }
}

/** A line for each call in the order of threads, and one for those that were left out. */
function linesOf(calls: readonly string[], contents: Uint8Array): string[] {
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  const word = (place: number) => view.getUint32(4 * place, true);
  const count = word(0);
  const kept = Math.min(count, Math.floor((contents.byteLength / 4 - 1) / RECORD));
  const places = Array.from({ length: kept }, (_, record) => 1 + record * RECORD);
  const threadOf = (place: number): Thread => [word(place + 2), word(place + 3), word(place + 4)];
  places.sort((one, other) => {
    const [a, b] = [threadOf(one), threadOf(other)];
    return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || one - other;
  });
  const lines = places.map((place) => {
    const [line = '', ...parts] = (calls[word(place)] ?? '').split('\0');
    let next = 0;
    const number = () => numberAt(view, place, next++);
    return lineOf(threadOf(place), Number(line), parts.map((part) => partOf(part, number)));
  });
  return [...lines, ...leftOut(count - kept)];
}

function numberAt(view: DataView, place: number, position: number): number {
  const at = 4 * (place + HEAD + 2 * position);
  const kind = (view.getUint32(4 * (place + 1), true) >>> (2 * position)) & 3;
  switch (kind) {
    case 0:
      return view.getInt32(at, true);
    case 1:
      return view.getUint32(at, true);
    case 2:
      return view.getFloat32(at, true);
    default:
      return view.getFloat64(at, true);
  }
}

function partOf(part: string, number: () => number): string {
  if (part.startsWith("'")) {
    return part.slice(1);
  }
  if (part === 'boolean') {
    return number() === 0 ? 'false' : 'true';
  }
  const components = Number(/^vec(\d)/.exec(part)?.[1] ?? 0);
  return components === 0 ? numberText(number()) : `${part}(${Array.from({ length: components }, () => numberText(number())).join(', ')})`;
}

/** What a call told, as text. */
export function lineOf(thread: Thread, line: number, parts: readonly string[]): string {
  return [`thread ${thread.join(', ')}, line ${line}:`, ...parts].join(' ');
}

/** A line that says how many calls were not told, if there are such. */
export function leftOut(count: number): string[] {
  const least = count >= MANY - MOST_LOGGED ? 'at least ' : '';
  return count > 0 ? [`${least}${count} more calls of console.log: logLimit says how many a run tells`] : [];
}

/** A value of plain JavaScript as text. */
export function textOf(value: unknown): string {
  if (isVector(value)) {
    return `${value.type}(${componentsOf(value).map(numberText).join(', ')})`;
  }
  return typeof value === 'number' ? numberText(value) : String(value);
}

/** A number as JavaScript writes it, zero with its sign; a fraction that is a single with no more digits than tell it from other singles. */
function numberText(value: number): string {
  if (Object.is(value, -0)) {
    return '-0';
  }
  if (!Number.isInteger(value) && Math.fround(value) === value) {
    for (let digits = 1; digits < 9; digits++) {
      const short = Number(value.toPrecision(digits));
      if (Math.fround(short) === value) {
        return String(short);
      }
    }
  }
  return String(value);
}
