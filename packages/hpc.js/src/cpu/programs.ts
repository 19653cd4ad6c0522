// The kernels that a thread knows, each with an instance of its own in the shared memory.

import type { Board, Work } from './board.js';
import { chunkOf } from './chunks.js';
import { IMPORTS } from './imported.js';

/** A compiled kernel, and how much scratch memory each thread needs for it. */
export interface Program {
  readonly id: number;
  readonly module: WebAssembly.Module;
  readonly scratch: number;
}

/** The name of the function that runs a part of a grid. */
const RUN = 'run';

type Run = (scratch: bigint, laneFrom: number, laneTo: number, rowFrom: number, rowTo: number) => void;

export class Programs {
  readonly #memory: WebAssembly.Memory;
  readonly #scratchStart: number;
  readonly #programs = new Map<number, Program>();
  readonly #runs = new Map<number, Run>();

  constructor(memory: WebAssembly.Memory, scratchStart: number) {
    this.#memory = memory;
    this.#scratchStart = scratchStart;
  }

  learn(program: Program): void {
    this.#programs.set(program.id, program);
  }

  forget(id: number): void {
    this.#programs.delete(id);
    this.#runs.delete(id);
  }

  get(id: number): Program | undefined {
    return this.#programs.get(id);
  }

  /**
   * Runs chunks until there are none or it is enough, as the thread of this number. Throws if it is the first to fail;
   * the others end because of that. Code that gives up fails, too, and nobody throws.
   */
  serve(board: Board, { division }: Work, program: Program, thread: number, isEnough: () => boolean): void {
    try {
      const run = this.#run(program);
      const scratch = BigInt(this.#scratchStart + thread * program.scratch);
      for (let number; (number = board.take()) < division.count; ) {
        const { lanes, rows } = chunkOf(division, number);
        run(scratch, ...lanes, ...rows);
        if (isEnough()) {
          return;
        }
      }
    } catch (error) {
      if (pauseIfGivenUp(this.#memory)) {
        board.fail(division);
        return;
      }
      stop(this.#memory);
      if (board.fail(division)) {
        throw error;
      }
    }
  }

  #run(program: Program): Run {
    const known = this.#runs.get(program.id);
    if (known) {
      return known;
    }
    const instance = new WebAssembly.Instance(program.module, { [IMPORTS.module]: { [IMPORTS.memory]: this.#memory } });
    const run = instance.exports[RUN] as Run;
    this.#runs.set(program.id, run);
    return run;
  }
}

/** The words that code looks at, and in which it says why it gave up. */
const STOP = 0;
const REASON = 1;

/** What the first word says: that code may run, or that it is to stop, for good or for this run. */
const GOING = 0;
const STOPPED = 1;
const PAUSED = 2;

function words(memory: WebAssembly.Memory): Int32Array {
  return new Int32Array(memory.buffer, 0, 2);
}

/** Makes code that runs in a memory trap soon, and code that starts later as well: it looks at the first word now and then. */
export function stop(memory: WebAssembly.Memory): void {
  Atomics.store(words(memory), STOP, STOPPED);
}

/** If code gave up, makes what is running stop likewise, until `resume`. Who stops for good has the last word. */
function pauseIfGivenUp(memory: WebAssembly.Memory): boolean {
  const hasGivenUp = Atomics.load(words(memory), REASON) !== 0;
  return hasGivenUp && Atomics.compareExchange(words(memory), STOP, GOING, PAUSED) !== STOPPED;
}

/** Lets code run again after it gave up, and tells why; 0 if it did not, or is to stop for good. */
export function resume(memory: WebAssembly.Memory): number {
  const reason = Atomics.exchange(words(memory), REASON, 0);
  return Atomics.compareExchange(words(memory), STOP, PAUSED, GOING) === STOPPED ? 0 : reason;
}
