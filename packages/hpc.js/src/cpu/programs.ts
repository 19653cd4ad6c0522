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
   * the others end because of that.
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

/** Makes code that runs in a memory trap soon, and code that starts later as well: it looks at the first word now and then. */
export function stop(memory: WebAssembly.Memory): void {
  Atomics.store(new Int32Array(memory.buffer, 0, 1), 0, 1);
}
