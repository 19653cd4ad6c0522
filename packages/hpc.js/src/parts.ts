// Parts of buffers: which elements are written and copied.

import { describe, elementCount, packForNow, type Shape } from './data.js';
import { arrayClassOf, halvesAreSingles, slotsOf } from './elements.js';
import { refusal } from './errors.js';
import { fieldsOf } from './fields.js';
import { packRecords, resizedRecord, type Column, type RecordBuffer } from './records.js';
import type { CopyRange } from './session.js';
import { shortened } from './suggest.js';
import type { ElementName, TypedArray } from './types.js';
import { arrayName, lengthOf } from './views.js';

/** What is written from an element on. */
export interface Part {
  readonly start: number;
  readonly contents: TypedArray;
}

/** The element that the options of `writeBuffer` name; undefined if the whole buffer is meant. */
export function startOf(options: unknown): number | undefined {
  if (options === undefined) {
    return undefined;
  }
  const { start } = fieldsOf(options, 'the options of writeBuffer', ['start']);
  return start === undefined ? undefined : place(start, 'start');
}

/** Elements in a list or a typed array, to be written from `start` on. Throws if the buffer has no such elements. */
export function packPart(data: unknown, buffer: Shape, start: number): Part {
  const count = countOf(data, buffer);
  requireElements(buffer, start, start + count);
  return { start, contents: packForNow(data, { ...buffer, size: [count] }, 'the data') };
}

/** Objects in a list, to be written from the object `start` on: what is written of each column. */
export function packRecordsPart(data: unknown, record: RecordBuffer, start: number): [Column, Part][] {
  if (!Array.isArray(data)) {
    throw refusal(new TypeError(`the data must be a list of objects where start is given, not ${describe(data)}; or write a field`));
  }
  const { length } = data;
  requireElements({ name: record.name, type: 'f64', size: [elementCount(record.size)] }, start, start + length);
  const columns = packRecords(data, resizedRecord(record, [length]), 'the data');
  return [...columns].map(([column, contents]) => {
    const own = elementCount(column.size) / length;
    requireElements({ ...column, size: [elementCount(record.size) * own] }, start * own, (start + length) * own);
    return [column, { start: start * own, contents }];
  });
}

function countOf(data: unknown, { name, type }: Shape): number {
  if (arrayName(data) === undefined) {
    if (!Array.isArray(data)) {
      throw refusal(new TypeError(`the data must be a list of elements or a typed array where start is given, not ${describe(data)}`));
    }
    return data.length;
  }
  const components = lengthOf(data as TypedArray);
  const slots = slotsOf(type);
  if (components % slots !== 0) {
    throw refusal(new RangeError(`the data have ${components} numbers, but an element of "${shortened(name)}" (${type}) takes ${slots}: give whole elements`));
  }
  return components / slots;
}

const RANGE_KEYS = ['start', 'end', 'to'] as const;

/** The elements that the options of `copyBuffer` name; undefined if the whole buffer is meant. */
export function describeCopy(options: unknown, from: Shape, to: Shape): CopyRange | undefined {
  if (options === undefined) {
    return undefined;
  }
  const given = fieldsOf(options, 'the options of copyBuffer', RANGE_KEYS);
  const start = place(given.start ?? 0, 'start');
  const end = place(given.end ?? elementCount(from.size), 'end');
  const into = place(given.to ?? 0, 'to');
  requireElements(from, start, end);
  requireElements(to, into, into + end - start);
  if (from.name === to.name) {
    throw refusal(new RangeError(`cannot copy a part of "${shortened(from.name)}" to itself: copy it to another buffer first`));
  }
  return { start, end, to: into };
}

function place(value: unknown, what: string): number {
  if (!Number.isInteger(value) || (value as number) < 0) {
    throw refusal(new RangeError(`${what} must be an integer from 0 on, not ${describe(value)}`));
  }
  return value as number;
}

/** Devices copy words of 4 bytes. */
const WORD = 4;

function requireElements({ name, type, size }: Shape, start: number, end: number): void {
  const count = elementCount(size);
  if (start >= end || end > count) {
    throw refusal(new RangeError(`there are no elements ${start} to ${end} of "${shortened(name)}": give a start below the end, and an end of at most ${count}`));
  }
  const each = Math.max(1, WORD / bytesIn(type));
  if (start % each !== 0 || (end % each !== 0 && end !== count)) {
    const why = 'are no whole words of 4 bytes, and devices copy nothing else';
    throw refusal(new RangeError(`the elements ${start} to ${end} of "${shortened(name)}" ${why}: begin at a multiple of ${each}, and end at one or where the buffer ends`));
  }
}

/** How many bytes of a device's memory an element takes. */
function bytesIn(type: ElementName): number {
  return type === 'f16' && halvesAreSingles ? 2 : arrayClassOf(type).BYTES_PER_ELEMENT * slotsOf(type);
}
