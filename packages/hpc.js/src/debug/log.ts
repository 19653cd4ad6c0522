// What kernels tell on the debug backend: kept while a run goes on, and told behind it, as on all others.

import { leftOut, lineOf, textOf, type Listener, type Thread } from '../log.js';

/** The calls of `console.log` of one run after the other. */
export class DebugLog {
  readonly #limit: number;
  readonly #listener: Listener;
  #thread: Thread = [0, 0, 0];
  #lines: string[] = [];
  #count = 0;

  constructor(limit: number, listener: Listener | undefined) {
    this.#limit = limit;
    this.#listener = listener ?? ((line) => console.log(line));
  }

  /** The next thread begins. */
  enter(thread: Thread): void {
    this.#thread = thread;
  }

  /** `console.log` in a line of the kernel. */
  at(line: number): (...values: unknown[]) => void {
    return (...values) => {
      if (this.#count < this.#limit) {
        this.#lines.push(lineOf(this.#thread, line, values.map(textOf)));
      }
      this.#count += 1;
    };
  }

  /** The run has ended. */
  tell(): void {
    const lines = this.#limit > 0 ? [...this.#lines, ...leftOut(this.#count - this.#lines.length)] : [];
    this.#lines = [];
    this.#count = 0;
    lines.forEach((line) => this.#listener(line));
  }
}
