// The owner of runs, and how helpers come to them.
//
// Runs often come one after the other, each some ten microseconds long, and waking a thread takes as long. So a helper that has no
// work looks for more for a while, awake and then asleep, before it goes back to its messages. It never keeps others waiting: the
// owner takes whatever chunks nobody else takes.

import { Board, type Work } from './board.js';
import { divide, type Grid } from './chunks.js';
import type { Program, Programs } from './programs.js';
import type { HelperMessage } from './protocol.js';

/** From so many invocations on, helpers are called at once. */
const LARGE = 4096;
/** What is small and takes no longer, in milliseconds, is not worth waking a thread for. */
const ALONE = 0.05;
/** So long a thread that waits for another stays awake. */
const PATIENCE = 0.1;
/** So long a helper sleeps at the board before it looks at its messages. */
const LINGER = 100;

/** The owner's end. */
export class WorkerPool {
  readonly #board: Board;
  readonly #programs: Programs;
  readonly #helpers: readonly MessagePort[];

  constructor(board: Board, programs: Programs, helpers: readonly MessagePort[]) {
    this.#board = board;
    this.#programs = programs;
    this.#helpers = helpers;
  }

  /**
   * Runs a whole grid, on at most so many threads, and waits for it. False if a helper failed, who tells why by a message;
   * throws if the owner did.
   */
  run(program: Program, grid: Grid, threads: number): boolean {
    const division = divide(grid, threads);
    const work: Work = { program: program.id, threads, division };
    this.#board.set(work);
    const isShared = threads > 1 && division.count > 1;
    const isLarge = grid.lanes * grid.rows >= LARGE;
    if (isShared && (isLarge || this.#board.isWatched)) {
      this.#offer(isLarge);
    }
    try {
      this.#serve(work, program, isShared && !isLarge);
    } finally {
      this.#board.finish(PATIENCE);
    }
    return !this.#board.hasFailed;
  }

  /** Serves to the end; if nobody was called, calls after a while. */
  #serve(work: Work, program: Program, mayCall: boolean): void {
    const begun = performance.now();
    const serve = (isEnough: () => boolean) => this.#programs.serve(this.#board, work, program, 0, isEnough);
    serve(() => mayCall && performance.now() - begun > ALONE);
    if (this.#board.isOpen(work.division)) {
      this.#offer(true);
      serve(() => false);
    }
  }

  #offer(isCalling: boolean): void {
    this.#board.open();
    if (!isCalling) {
      return;
    }
    this.#helpers.forEach((port, helper) => {
      if (!this.#board.setHere(helper, true)) {
        port.postMessage({ kind: 'call' } satisfies HelperMessage);
      }
    });
  }
}

/** A helper's end: takes part in runs until none has been offered for a while, or one that it does not know yet. */
export function help(board: Board, programs: Programs, helper: number): void {
  board.setHere(helper, true);
  for (;;) {
    const number = board.number;
    if (!takePart(board, programs, helper + 1)) {
      board.setHere(helper, false);
      return;
    }
    if (!board.waitForNext(number, PATIENCE, LINGER)) {
      board.setHere(helper, false);
      // An owner who still saw it here has not called it; one who has called it again has sent a message.
      if (board.number === number || board.setHere(helper, true)) {
        return;
      }
    }
  }
}

/** Runs chunks as the thread of this number, if the door is open. False if the kernel is unknown: a message that tells of it waits. */
function takePart(board: Board, programs: Programs, thread: number): boolean {
  if (!board.enter()) {
    return true;
  }
  try {
    const { work } = board;
    const program = programs.get(work.program);
    if (program && thread < work.threads) {
      programs.serve(board, work, program, thread, () => false);
    }
    return program !== undefined;
  } finally {
    board.leave();
  }
}
