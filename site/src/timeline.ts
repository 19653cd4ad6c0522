// The commands of a queue as bars in lanes: where they were called, and until when they were done.

import type { Command, CommandKind } from './messages.js';

/** A bar, in milliseconds from the left edge. */
export interface Bar {
  readonly command: Command;
  readonly from: number;
  /** The call is over. */
  readonly returned: number;
  /** All is done; the right edge where that is not known. */
  readonly to: number;
}

/** What is alike in one row. */
export interface Lane {
  readonly kind: CommandKind;
  readonly name: string;
  readonly bars: readonly Bar[];
}

/** The lanes of a stretch of time. */
export interface Timeline {
  readonly start: number;
  readonly span: number;
  readonly lanes: readonly Lane[];
}

/** The commands that were called within the last `span` milliseconds, in lanes by kind and name; all without `span`. */
export function timelineOf(commands: readonly Command[], span?: number): Timeline {
  const end = Math.max(1, ...commands.map(({ returned, done }) => done ?? returned));
  const start = Math.max(span === undefined ? 0 : end - span, commands[0]?.called ?? 0);
  const shown = commands.filter(({ called, done }) => called >= start && (done ?? end) <= end);
  const lanes = new Map<string, Lane & { bars: Bar[] }>();
  for (const command of shown) {
    const { kind, name, called, returned, done } = command;
    const lane = lanes.get(`${kind} ${name}`) ?? { kind, name, bars: [] };
    lane.bars.push({ command, from: called - start, returned: returned - start, to: (done ?? end) - start });
    lanes.set(`${kind} ${name}`, lane);
  }
  return { start, span: Math.max(end - start, 0.1), lanes: [...lanes.values()] };
}

/** The median time from the call of a kernel's run until it was done, of the runs that are remembered. */
export function untilDone(commands: readonly Command[], kernel: string): number | undefined {
  const runs = commands.filter(({ kind, name, done }) => kind === 'run' && name === kernel && done !== undefined);
  const times = runs.map(({ called, done }) => done! - called).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)];
}

/** Round numbers of milliseconds for the marks of an axis, four to ten of them. */
export function marks(span: number): number[] {
  const rough = span / 5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => step >= rough) ?? rough;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

/** Milliseconds in few digits. */
export function milliseconds(time: number): string {
  return `${time.toFixed(time < 1 ? 3 : time < 100 ? 2 : 0)} ms`;
}
