// Checks programs in a worker, the newest only; a program that does not end is given up, with its worker.

import type { Problem } from '../messages.js';
import type { Checked } from './check_worker.js';

/** Milliseconds without typing after which a program is looked at. */
const PAUSE = 350;
/** Milliseconds after which a check is given up. */
const PATIENCE = 4000;

/** Tells what is wrong with the program that was last given to `check`. */
export class Checker {
  readonly #onProblems: (problems: readonly Problem[], program: string) => void;
  #worker: Worker | undefined;
  #id = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(onProblems: (problems: readonly Problem[], program: string) => void) {
    this.#onProblems = onProblems;
  }

  /** Looks at `program` soon. What was given before is forgotten. */
  check(program: string): void {
    clearTimeout(this.#pause);
    this.#id += 1;
    this.#pause = setTimeout(() => this.#ask(this.#id, program), PAUSE);
  }

  end(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#patience);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #ask(id: number, program: string): void {
    this.#worker ??= new Worker(new URL('./check_worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<Checked>) => {
      if (data.id === this.#id) {
        clearTimeout(this.#patience);
        this.#onProblems(data.problems, program);
      }
    };
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.end(), PATIENCE);
    this.#worker.postMessage({ id, program });
  }
}
