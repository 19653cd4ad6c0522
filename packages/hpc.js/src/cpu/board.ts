// The words that the threads of a pool share to divide a run: who offers what, who is inside, which chunk is next.
//
// A run is offered behind a *door*. The owner sets the words of the run while the door is shut and nobody is inside, then opens it;
// helpers go in, take chunks, and come out; the owner shuts the door when no chunk is left and waits until nobody is inside. So what
// the words say is the same for everybody inside, and the next run starts only when all chunks of the last one are done.

import type { Division } from './chunks.js';

/** How many are inside, and `SHUT` if nobody may go in. */
const DOOR = 0;
/** Changes with each run; helpers wait for that. */
const NUMBER = 1;
/** The next chunk that nobody has taken. */
const NEXT = 2;
/** Whether a thread failed. */
const FAILED = 3;
/** The run. */
const PROGRAM = 4;
/** From here on a word for each helper: whether it is here, or must be called by a message. */
const HERE = 16;

const SHUT = 1 << 30;

/** What is run, and by how many threads at most. */
export interface Work {
  readonly program: number;
  readonly threads: number;
  readonly division: Division;
}

export class Board {
  readonly #words: Int32Array;

  /** Memory for a board; it is shared with helpers if there are any. */
  static memory(helpers: number): ArrayBufferLike {
    const bytes = (HERE + helpers) * Int32Array.BYTES_PER_ELEMENT;
    const memory = helpers > 0 ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
    new Int32Array(memory)[DOOR] = SHUT;
    return memory;
  }

  constructor(memory: ArrayBufferLike) {
    this.#words = new Int32Array(memory);
  }

  /** The owner's: sets the run. The door is shut and nobody is inside, as it is at first and after `finish`. */
  set({ program, threads, division }: Work): void {
    const { lanes, rows, chunkLanes, chunkRows, across, count } = division;
    this.#words.set([0, 0, program, threads, lanes, rows, chunkLanes, chunkRows, across, count], NEXT);
  }

  /** The owner's: lets helpers in, and tells those who wait for it. */
  open(): void {
    Atomics.and(this.#words, DOOR, ~SHUT);
    Atomics.add(this.#words, NUMBER, 1);
    Atomics.notify(this.#words, NUMBER);
  }

  /** The owner's: lets nobody in any more, and waits until nobody is inside; a while awake, then asleep. */
  finish(awakeFor: number): void {
    Atomics.or(this.#words, DOOR, SHUT);
    const begun = performance.now();
    for (let inside; (inside = Atomics.load(this.#words, DOOR)) !== SHUT; ) {
      if (performance.now() - begun > awakeFor) {
        Atomics.wait(this.#words, DOOR, inside);
      }
    }
  }

  /** A helper's: goes in if the door is open. */
  enter(): boolean {
    for (let inside; ((inside = Atomics.load(this.#words, DOOR)) & SHUT) === 0; ) {
      if (Atomics.compareExchange(this.#words, DOOR, inside, inside + 1) === inside) {
        return true;
      }
    }
    return false;
  }

  /** A helper's: comes out. */
  leave(): void {
    if (Atomics.sub(this.#words, DOOR, 1) === SHUT + 1) {
      Atomics.notify(this.#words, DOOR);
    }
  }

  /** The run, for those inside. */
  get work(): Work {
    const word = (position: number) => this.#words[PROGRAM + position]!;
    const [program, threads, lanes, rows] = [word(0), word(1), word(2), word(3)];
    const [chunkLanes, chunkRows, across, count] = [word(4), word(5), word(6), word(7)];
    return { program, threads, division: { lanes, rows, chunkLanes, chunkRows, across, count } };
  }

  /** Takes a chunk; its number is below the count if there was one left. */
  take(): number {
    return Atomics.add(this.#words, NEXT, 1);
  }

  /** Whether a chunk is left. */
  isOpen({ count }: Division): boolean {
    return Atomics.load(this.#words, NEXT) < count;
  }

  /** A thread failed: the chunks that are left are nobody's. Tells whether it is the first one. */
  fail({ count }: Division): boolean {
    Atomics.store(this.#words, NEXT, count);
    return Atomics.exchange(this.#words, FAILED, 1) === 0;
  }

  get hasFailed(): boolean {
    return Atomics.load(this.#words, FAILED) !== 0;
  }

  /** The number of the last run that was offered. */
  get number(): number {
    return Atomics.load(this.#words, NUMBER);
  }

  /** Waits for a run after the one of this number; false if none was offered in so many milliseconds, a few of them awake. */
  waitForNext(number: number, awakeFor: number, milliseconds: number): boolean {
    const begun = performance.now();
    while (performance.now() - begun < awakeFor) {
      if (this.number !== number) {
        return true;
      }
    }
    return Atomics.wait(this.#words, NUMBER, number, milliseconds) !== 'timed-out';
  }

  /** A helper is here, or no longer; tells whether it was. */
  setHere(helper: number, isHere: boolean): boolean {
    return Atomics.exchange(this.#words, HERE + helper, Number(isHere)) !== 0;
  }

  /** Whether somebody would look at what is offered. */
  get isWatched(): boolean {
    return this.#words.subarray(HERE).some((_, helper) => Atomics.load(this.#words, HERE + helper) !== 0);
  }
}
