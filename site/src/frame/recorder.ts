// What the queue was told and when it was done, as the page's timeline shows it.

import type { Command, CommandKind, KernelTimes, QueueRecord } from '../messages.js';

/** More commands than a picture can show are forgotten. */
const KEPT = 400;
/** Milliseconds between two reports. */
const PERIOD = 200;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Gathers commands, and reports them now and then while there are new ones. */
export class Recorder {
  readonly #origin = performance.now();
  readonly #report: (record: QueueRecord) => void;
  readonly #kernels = new Map<string, Writable<KernelTimes>>();
  #commands: Writable<Command>[] = [];
  #count = 0;
  #timer: number | undefined;

  constructor(report: (record: QueueRecord) => void) {
    this.#report = report;
  }

  /** Does `act`, which is what the program called, and remembers when. */
  record<T>(kind: CommandKind, name: string, detail: string, act: () => T): { result: T; command: Writable<Command> } {
    const called = this.now();
    const result = act();
    const command = { id: this.#count++, kind, name, detail, called, returned: this.now() };
    this.#commands.push(command);
    if (this.#commands.length > 2 * KEPT) {
      this.#commands = this.#commands.slice(-KEPT);
    }
    this.changed();
    return { result, command };
  }

  /** The same for a kernel's run, which its sums count too. */
  recordRun(name: string, extents: readonly number[], act: () => void): Writable<Command> {
    const { command } = this.record('run', name, `${extents.join(' × ')} threads`, act);
    const times = this.#kernels.get(name) ?? { name, runs: 0, threads: 0, calling: 0 };
    times.runs += 1;
    times.threads += extents.reduce((product, extent) => product * extent, 1);
    times.calling += command.returned - command.called;
    this.#kernels.set(name, times);
    return command;
  }

  /** Milliseconds since the program began. */
  now(): number {
    return performance.now() - this.#origin;
  }

  /** Sees to it that what is new is reported soon. Nothing happens while nothing is new. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const commands = this.#commands.slice(-KEPT);
      this.#report({ commands, forgotten: this.#count - commands.length, kernels: [...this.#kernels.values()] });
    }, PERIOD) as unknown as number;
  }
}
