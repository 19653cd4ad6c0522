// The options of `readBuffer`, checked.

import { describe, elementCount, floatsOf, type Shape } from './data.js';
import type { ElementRange } from './session.js';

/** What to read, and where to if not to an array of its own. */
export interface Read extends ElementRange {
  readonly into: Float32Array | undefined;
}

export function describeRead(options: unknown = {}, buffer: Shape): Read {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`the options of readBuffer must be an object { start, end, into }, not ${describe(options)}`);
  }
  const count = elementCount(buffer.size);
  const { start = 0, end = count, into } = options as Readonly<Record<string, unknown>>;
  if (!isElement(start, count) || !isElement(end, count) || start >= end) {
    throw new RangeError(
      `cannot read the elements ${inWords(start)} to ${inWords(end)} of the buffer "${buffer.name}": ` +
        `start must be an integer from 0 on, and end one above it and at most ${count}`,
    );
  }
  return { start, end, into: checkInto(into, (end - start) * floatsOf(buffer.type), buffer.name) };
}

function isElement(value: unknown, count: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= count;
}

function inWords(value: unknown): string {
  return typeof value === 'number' ? String(value) : describe(value);
}

function checkInto(into: unknown, floats: number, name: string): Float32Array | undefined {
  if (into === undefined) {
    return undefined;
  }
  if (!(into instanceof Float32Array)) {
    throw new TypeError(`into must be a Float32Array, not ${describe(into)}`);
  }
  if (into.length !== floats) {
    throw new RangeError(`into has ${into.length} floats, but what is read of "${name}" has ${floats}`);
  }
  return into;
}
