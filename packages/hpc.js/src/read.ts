// The options of `readBuffer`, checked.

import { describe, elementCount, withArticle, type Shape } from './data.js';
import { arrayClassOf, slotsOf } from './elements.js';
import { refusal } from './errors.js';
import { fieldsOf } from './fields.js';
import { asColumns, asObjects, columnsOf, type RecordBuffer } from './records.js';
import type { ElementRange, Session } from './session.js';
import { shortened } from './suggest.js';
import type { TypedArray } from './types.js';
import { arrayName, fill, lengthOf, whyEmpty } from './views.js';

const KEYS = ['start', 'end', 'into'] as const;
const RECORD_KEYS = ['start', 'end', 'objects', 'into'] as const;

/** What to read, and where to if not to an array of its own. */
export interface Read extends ElementRange {
  readonly into: TypedArray | undefined;
}

export function describeRead(options: unknown = {}, buffer: Shape): Read {
  const count = elementCount(buffer.size);
  const { start = 0, end = count, into } = fieldsOf(options, 'the options of readBuffer', KEYS);
  const range = checkRange(start, end, count, buffer.name);
  return { ...range, into: checkInto(into, (range.end - range.start) * slotsOf(buffer.type), buffer) };
}

/** Which objects to read, and whether as such or as columns. */
export interface RecordRead extends ElementRange {
  readonly objects: boolean;
}

export function describeRecordRead(options: unknown = {}, record: RecordBuffer): RecordRead {
  const count = elementCount(record.size);
  const { start = 0, end = count, objects = false, into } = fieldsOf(options, 'the options of readBuffer', RECORD_KEYS);
  const range = checkRange(start, end, count, record.name);
  if (typeof objects !== 'boolean') {
    throw refusal(new TypeError(`the option objects must be a boolean, not ${describe(objects)}`));
  }
  if (into !== undefined) {
    const [first] = columnsOf(record.fields);
    throw refusal(new TypeError(`"${shortened(record.name)}" holds objects, which are read into no array: read a field, such as "${shortened(first!.name)}"`));
  }
  return { ...range, objects };
}

/** What the columns of a buffer of objects hold at this place in the queue: an object of typed arrays, or the objects. */
export async function readRecords(session: Session, record: RecordBuffer, { start, end, objects }: RecordRead): Promise<object> {
  const count = elementCount(record.size);
  const columns = columnsOf(record.fields);
  // All are asked for before anything else can be called, so that they are of one moment.
  const reads = columns.map((column) => {
    const each = elementCount(column.size) / count;
    return session.readBuffer(column.name, { start: start * each, end: end * each });
  });
  const read = await Promise.all(reads);
  const contents = new Map(columns.map((column, index) => [column, read[index]!]));
  return objects ? asObjects(record, contents, end - start) : asColumns(record.fields, contents);
}

function checkRange(start: unknown, end: unknown, count: number, name: string): ElementRange {
  if (!isElement(start, count) || !isElement(end, count) || start >= end) {
    const what = `cannot read the elements ${inWords(start)} to ${inWords(end)} of the buffer "${shortened(name)}"`;
    throw refusal(new RangeError(`${what}: start must be an integer from 0 on, and end one above it and at most ${count}`));
  }
  return { start, end };
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
    throw refusal(new TypeError(`into must be ${withArticle(wanted)}, as which the buffer "${shortened(name)}" (${type}) is read, not ${describe(into)}`));
  }
  requireLength(into as TypedArray, length, name);
  return into as TypedArray;
}

function requireLength(into: TypedArray, length: number, name: string): void {
  if (lengthOf(into) !== length) {
    throw refusal(new RangeError(`into has ${lengthOf(into)} numbers, but what is read of "${shortened(name)}" has ${length}${whyEmpty(into)}`));
  }
}

/** Gives what was read of a buffer, in the array that it is to go to. Throws if that has lost memory since the call. */
export function delivered({ into }: Read, contents: TypedArray, { name }: Shape): TypedArray {
  if (into === undefined) {
    return contents;
  }
  requireLength(into, contents.length, name);
  fill(into, contents);
  return into;
}
