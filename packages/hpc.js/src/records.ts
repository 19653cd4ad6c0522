// Buffers of objects. Each field of the objects lies in a buffer of its own, a column, so that kernels read only what they use and neighbours
// lie side by side.

import { describe, elementCount, fillAt, Filling, MOST_EXTENTS, pack, typeOfLeaves, type Shape } from './data.js';
import { componentsIn, ELEMENT_NAMES, slotsOf, valueTypeOf } from './elements.js';
import { refusal } from './errors.js';
import { entriesOf } from './fields.js';
import { checkName } from './names.js';
import { didYouMean, didYouMeanType, shortened } from './suggest.js';
import type { ElementName, KernelValue, Size, TypedArray } from './types.js';
import { isVector } from './vector_family.js';
import { arrayName } from './views.js';
import { valueOf } from './values.js';

/** How many columns a buffer may have. */
const MOST_COLUMNS = 64;
/** How deep objects may be nested. */
const MOST_LEVELS = 16;

/** A buffer of objects. */
export interface RecordBuffer {
  readonly name: string;
  readonly size: Size;
  readonly fields: Fields;
}

/** The fields of objects, in the order of their declaration. */
export type Fields = ReadonlyMap<string, Field>;

/** What one field holds: a value or an array of values, or objects of their own. */
export type Field = Column | Group;

/** The buffer with the values of one field. Where the field is an array, its extents follow those of the objects. */
export interface Column extends Shape {
  /** The way to it with `[]` for each index, as compilers know it: `particles[].velocity`. */
  readonly path: string;
  readonly fields?: undefined;
}

/** Objects within objects. */
export interface Group {
  readonly fields: Fields;
  /** The extents of the array that the field is; none if it is one object. */
  readonly extents: readonly number[];
}

/** The same buffer with other extents, whose number may be another too. */
export function resizedRecord({ name, size, fields }: RecordBuffer, to: Size): RecordBuffer {
  const resized = (inner: Fields): Fields => new Map([...inner].map(([key, field]): [string, Field] => [
    key,
    field.fields
      ? { ...field, fields: resized(field.fields) }
      : { ...field, size: [...to, ...field.size.slice(size.length)] as unknown as Size },
  ]));
  return { name, size: to, fields: resized(fields) };
}

/** Whether the type of a buffer, or what it holds, is that of objects: neither a vector, nor an object that stands for something else. */
export function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isVector(value) && Object.prototype.toString.call(value) === '[object Object]';
}

/** Whether data for a buffer of so many extents consist of objects. */
export function holdsRecords(data: unknown): boolean {
  let leaf = data;
  for (let depth = 0; depth < MOST_EXTENTS && Array.isArray(leaf); depth++) {
    leaf = leaf[0];
  }
  return isRecord(leaf);
}

/** A buffer of objects of this type. Throws what is wrong with the type. */
export function describeRecord(name: string, size: Size, type: unknown): RecordBuffer {
  const describing = { owner: name, columns: 0 };
  return { name, size, fields: describeFields(type, { name, path: name + '[]'.repeat(size.length), size, level: 1 }, describing) };
}

/** Where fields stand. */
interface Place {
  /** For people: `particles.body`. */
  readonly name: string;
  readonly path: string;
  readonly size: readonly number[];
  readonly level: number;
}

interface Describing {
  readonly owner: string;
  columns: number;
}

function describeFields(type: unknown, place: Place, describing: Describing): Fields {
  const what = `the type of "${shortened(place.name)}"`;
  if (place.level > MOST_LEVELS) {
    throw refusal(new RangeError(`the type of the buffer "${shortened(describing.owner)}" nests more than ${MOST_LEVELS} objects`));
  }
  const entries = entriesOf(type, what);
  if (entries.length === 0) {
    throw refusal(new TypeError(`${what} has no fields: write them with their types, such as { position: 'vec2', age: 'i32' }`));
  }
  return new Map(entries.map(([key, field]) => [checkName(key, `a field in ${what}`), describeField(field, key, place, describing)]));
}

function describeField(type: unknown, key: string, place: Place, describing: Describing): Field {
  const name = `${place.name}.${key}`;
  const { element, extents } = arrayOf(type, name);
  const size = [...place.size, ...extents];
  if (size.length > MOST_EXTENTS) {
    throw refusal(new RangeError(`"${shortened(name)}" would have ${size.length} extents, those of its buffer among them, and ${MOST_EXTENTS} is the most`));
  }
  const path = `${place.path}.${key}${'[]'.repeat(extents.length)}`;
  if (isRecord(element)) {
    return { fields: describeFields(element, { name, path, size, level: place.level + 1 }, describing), extents };
  }
  describing.columns += 1;
  if (describing.columns > MOST_COLUMNS) {
    throw refusal(new RangeError(`the objects of the buffer "${shortened(describing.owner)}" have more than ${MOST_COLUMNS} fields`));
  }
  return { name, path, size: size as unknown as Size, type: checkElement(element, name) };
}

/** What an array type `[element, length]` is made of, however often it is nested. */
function arrayOf(type: unknown, name: string): { element: unknown; extents: number[] } {
  const extents: number[] = [];
  let element = type;
  while (Array.isArray(element) && extents.length <= MOST_EXTENTS) {
    const [inner, length, ...more] = element as unknown[];
    if (!Number.isInteger(length) || (length as number) < 1 || more.length > 0) {
      throw refusal(new TypeError(`the type of "${shortened(name)}" is an array: write [type, length], such as ['vec2', 8]`));
    }
    extents.push(length as number);
    element = inner;
  }
  return { element, extents };
}

function checkElement(type: unknown, name: string): ElementName {
  if (typeof type !== 'string') {
    throw refusal(new TypeError(`the type of "${shortened(name)}" must be the name of one, an object of them, or [type, length], not ${describe(type)}`));
  }
  if (!(ELEMENT_NAMES as readonly string[]).includes(type)) {
    throw refusal(new TypeError(`the type of "${shortened(name)}" cannot be "${shortened(type)}"; ${didYouMeanType(type, ELEMENT_NAMES)}`));
  }
  return type as ElementName;
}

/** The type of the objects that a buffer holds at first: that of the first one. */
export function typeOfRecords(data: unknown, what: string): unknown {
  let leaf = data;
  while (Array.isArray(leaf)) {
    leaf = leaf[0];
  }
  if (leaf === data) {
    throw refusal(new TypeError(`${what} has columns: say what they hold by a type, such as type: { position: 'vec2', age: 'i32' }`));
  }
  return typeOfObject(leaf, what, 1);
}

function typeOfObject(object: unknown, what: string, level: number): unknown {
  const types = entriesOf(object, what).map(([key, value]) => [key, typeOfField(value, `${what}.${key}`, level)]);
  return Object.fromEntries(types);
}

function typeOfField(value: unknown, what: string, level: number): unknown {
  if (level > MOST_LEVELS) {
    throw refusal(new RangeError(`${what} is nested more than ${MOST_LEVELS} levels deep`));
  }
  if (Array.isArray(value)) {
    return [typeOfField(value[0], `${what}[0]`, level + 1), value.length];
  }
  if (isRecord(value)) {
    return typeOfObject(value, what, level + 1);
  }
  const type = typeOfLeaves(value, what);
  return arrayName(value) === undefined ? type : [type, (value as TypedArray).length];
}

/** All columns of some fields, those of objects within objects among them. */
export function columnsOf(fields: Fields): Column[] {
  return [...fields.values()].flatMap((field) => (field.fields ? columnsOf(field.fields) : [field]));
}

/** The columns of two buffers that hold the same field; undefined unless all sizes, fields and types are the same. */
export function pairsOf(one: RecordBuffer, other: RecordBuffer): [Column, Column][] | undefined {
  const byField = ({ name, fields }: RecordBuffer) => new Map(columnsOf(fields).map((column) => [column.path.slice(name.length), column]));
  const [mine, theirs] = [byField(one), byField(other)];
  const pairs = [...mine].map(([field, column]) => [column, theirs.get(field)]);
  const areLike = ([from, to]: (Column | undefined)[]) => from?.type === to?.type && String(from?.size) === String(to?.size);
  return mine.size === theirs.size && pairs.every(areLike) ? (pairs as [Column, Column][]) : undefined;
}

/**
 * The contents of a record buffer's columns, copies of `data`: objects in arrays that are nested like the size, or one object of
 * columns. `what` names the argument in messages. Throws if the data do not fit.
 */
export function packRecords(data: unknown, record: RecordBuffer, what: string): Map<Column, TypedArray> {
  if (isRecord(data)) {
    return packColumns(data, record.fields, what);
  }
  const fillings = new Map(columnsOf(record.fields).map((column) => [column, new Filling(column, what)]));
  fillRows({ record, fillings, what }, data, 0, 0, '');
  return new Map([...fillings].map(([column, filling]) => [column, filling.packed]));
}

function packColumns(data: unknown, fields: Fields, what: string): Map<Column, TypedArray> {
  const packed = new Map<Column, TypedArray>();
  for (const [name, value, field] of valuesOf(data, fields, () => what)) {
    if (field.fields) {
      packColumns(value, field.fields, `${what}.${name}`).forEach((column, key) => packed.set(key, column));
    } else {
      packed.set(field, pack(value, field, `${what}.${name}`));
    }
  }
  return packed;
}

/** A record buffer that is being filled with objects. */
interface Objects {
  readonly record: RecordBuffer;
  readonly fillings: ReadonlyMap<Column, Filling>;
  readonly what: string;
}

function fillRows(objects: Objects, data: unknown, depth: number, start: number, path: string): void {
  const { record: { size, name, fields }, what } = objects;
  if (depth === size.length) {
    fillFields(objects, fields, data, depth, start, path);
    return;
  }
  eachOf(data, size[depth]!, () => `${what}${path}`, `the size [${size}] of "${shortened(name)}"`, (element, index) =>
    fillRows(objects, element, depth + 1, start * size[depth]! + index, `${path}[${index}]`));
}

// Fills the fields of one object; `depth` says how many extents lead to it, `element` counts such objects.
function fillFields(objects: Objects, fields: Fields, object: unknown, depth: number, element: number, path: string): void {
  for (const [name, value, field] of valuesOf(object, fields, () => objects.what + path)) {
    const inner = `${path}.${name}`;
    if (field.fields) {
      fillGroup(objects, field, 0, value, depth, element, inner);
    } else {
      const own = field.size.slice(depth).reduce((count, extent) => count * extent, 1);
      fillAt(objects.fillings.get(field)!, value, depth, element * own, inner);
    }
  }
}

function fillGroup(objects: Objects, group: Group, level: number, data: unknown, depth: number, element: number, path: string): void {
  const extent = group.extents[level];
  if (extent === undefined) {
    fillFields(objects, group.fields, data, depth, element, path);
    return;
  }
  eachOf(data, extent, () => objects.what + path, 'its type', (inner, index) =>
    fillGroup(objects, group, level + 1, inner, depth + 1, element * extent + index, `${path}[${index}]`));
}

function eachOf(data: unknown, extent: number, where: () => string, why: string, visit: (element: unknown, index: number) => void): void {
  if (!Array.isArray(data)) {
    throw refusal(new TypeError(`${where()} must be an array of ${extent}, as ${why} says, not ${describe(data)}`));
  }
  const { length } = data;
  if (length !== extent) {
    throw refusal(new RangeError(`${where()} has ${length} elements, but ${why} wants ${extent}`));
  }
  for (let index = 0; index < extent; index++) {
    visit(data[index], index);
  }
}

/** The fields of an object with their values, each read once. Throws if one is missing or there is another. */
function valuesOf(object: unknown, fields: Fields, where: () => string): [string, unknown, Field][] {
  if (!isRecord(object)) {
    throw refusal(new TypeError(`${where()} must be an object { ${[...fields.keys()].join(', ')} }, not ${describe(object)}`));
  }
  const values = object as Readonly<Record<string, unknown>>;
  const found = [...fields].map(([name, field]): [string, unknown, Field] => [name, values[name], field]);
  const missing = found.find(([, value]) => value === undefined);
  if (missing) {
    const [name, , field] = missing;
    throw refusal(new TypeError(`${where()} has no ${name}, ${field.fields ? 'an object' : `of type ${valueTypeOf(field.type)}`}`));
  }
  const keys = Object.keys(values);
  const unknown = keys.length > fields.size ? keys.find((key) => !fields.has(key)) : undefined;
  if (unknown !== undefined) {
    throw refusal(new TypeError(`${where()} has a field "${shortened(unknown)}", which its type has not; ${didYouMean(unknown, 'fields', fields.keys())}`));
  }
  return found;
}

/** What was read of each column. */
export type Contents = ReadonlyMap<Column, TypedArray>;

/** The columns as an object of typed arrays. */
export function asColumns(fields: Fields, contents: Contents): object {
  const columns = [...fields].map(([name, field]) => [name, field.fields ? asColumns(field.fields, contents) : contents.get(field)]);
  return Object.fromEntries(columns);
}

/** The columns as objects: all in a list if only some were read, else in arrays that are nested like the size. */
export function asObjects({ fields, size }: RecordBuffer, contents: Contents, count: number): unknown[] {
  const objects = Array.from({ length: count }, (_, element) => objectAt(fields, contents, size.length, element));
  return count === elementCount(size) ? nested(objects, size) : objects;
}

function nested(list: unknown[], size: readonly number[]): unknown[] {
  const inner = size.slice(1);
  if (inner.length === 0) {
    return list;
  }
  const stride = inner.reduce((count, extent) => count * extent, 1);
  return Array.from({ length: size[0]! }, (_, index) => nested(list.slice(index * stride, (index + 1) * stride), inner));
}

function objectAt(fields: Fields, contents: Contents, depth: number, element: number): object {
  const values = [...fields].map(([name, field]) => [name, field.fields
    ? inArrays(field.extents, element, (inner) => objectAt(field.fields, contents, depth + field.extents.length, inner))
    : inArrays(field.size.slice(depth), element, (inner) => valueAt(field.type, contents.get(field)!, inner))]);
  return Object.fromEntries(values);
}

/** What `at` gives for each element of an array that is the `element`th of its kind; for no extents, that element itself. */
function inArrays(extents: readonly number[], element: number, at: (element: number) => unknown): unknown {
  const [extent, ...more] = extents;
  return extent === undefined ? at(element) : Array.from({ length: extent }, (_, index) => inArrays(more, element * extent + index, at));
}

function valueAt(type: ElementName, contents: TypedArray, element: number): KernelValue {
  const start = element * slotsOf(type);
  return valueOf(valueTypeOf(type), [...contents.subarray(start, start + componentsIn(type))]);
}
