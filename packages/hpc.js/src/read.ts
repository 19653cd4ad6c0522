// The options of `readBuffer`, checked.

import { describe, elementCount, withArticle, type Shape } from './data.js';
import { arrayClassOf, arrayName, slotsOf } from './elements.js';
import type { ElementRange } from './session.js';
import type { TypedArray } from './types.js';

/** What to read, and where to if not to an array of its own. */
export interface Read extends ElementRange {
  readonly into: TypedArray | undefined;
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
  return { start, end, into: checkInto(into, (end - start) * slotsOf(buffer.type), buffer) };
}

function isElement(value: unknown, count: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= count;
}

function inWords(value: unknown): string {
  return typeof value === 'number' ? String(value) : describe(value);
}

function checkInto(into: unknown, length: number, { name, type }: Shape): TypedArray | undefined {
  if (into === undefined) {
    return undefined;
  }
  const given = arrayName(into);
  // Halves can be had as singles everywhere.
  const wanted = type === 'f16' && given === 'Float32Array' ? given : arrayClassOf(type).name;
  if (given !== wanted) {
    throw new TypeError(`into must be ${withArticle(wanted)}, as which the buffer "${name}" (${type}) is read, not ${describe(into)}`);
  }
  const array = into as TypedArray;
  if (array.length !== length) {
    throw new RangeError(`into has ${array.length} numbers, but what is read of "${name}" has ${length}`);
  }
  return array;
}
