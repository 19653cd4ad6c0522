// Constants that are handed to a kernel: what its text, and that of its functions, sees under names of the program around it. They are part
// of the text that is compiled: declarations behind the function, so that its own lines stay where they are.

import { describe, vectorAt } from './data.js';
import { typeOfArray } from './elements.js';
import { refusal } from './errors.js';
import { entriesOf } from './fields.js';
import { shortened } from './suggest.js';
import type { VectorParts } from './vector_family.js';
import { arrayName, lengthOf } from './views.js';

/** How many elements one constant may have. */
const MAX_LENGTH = 4096;
/** What separates a kernel's text from its constants; the compiler looks for it. */
const HEADING = '\n//# constants\n';
/** A name that JavaScript takes for a constant, some words aside. Those that mean something in kernels are refused by the compiler. */
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** These words. */
const WORDS = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function
  if implements import in instanceof interface let new null package private protected public return static super switch this throw true try
  typeof var void while with yield`.split(/\s+/),
);

/** A number, a boolean, or the parts of a vector. */
export type ConstantPart = number | boolean | VectorParts;
/** One of these, or the elements of an array. */
export type ConstantValue = ConstantPart | readonly ConstantPart[];

/** A value, taken apart: its type, its text in a kernel, and the value itself. */
interface Part {
  readonly type: string;
  readonly text: string;
  readonly value: ConstantPart;
}

/** The constants of a kernel. */
export interface Constants {
  /** What is put behind the kernel's text; nothing where there are none. */
  readonly text: string;
  /** Their values by their names, as they were when they were given. */
  readonly values: ReadonlyMap<string, ConstantValue>;
}

/** There are none. */
export const NO_CONSTANTS: Constants = { text: '', values: new Map() };

/** Reads what a kernel is given. Throws if kernels can have no such constants. */
export function describeConstants(given: unknown): Constants {
  const entries = given === undefined ? [] : entriesOf(given, 'the constants of a kernel');
  if (entries.length === 0) {
    return NO_CONSTANTS;
  }
  const values = new Map<string, ConstantValue>();
  const lines = entries.map(([name, value]) => {
    if (!NAME.test(name) || WORDS.has(name)) {
      throw refusal(new TypeError(`"${shortened(name)}" is no name of a constant: kernels could not write it`));
    }
    const what = `the constant "${shortened(name)}"`;
    const elements = elementsOf(value, what);
    const parts = elements === undefined ? [partOf(value, what)] : elements;
    values.set(name, elements === undefined ? parts[0]!.value : parts.map((part) => part.value));
    const texts = parts.map((part) => part.text).join(', ');
    return `const ${name} = ${elements === undefined ? texts : `array([${texts}])`};\n`;
  });
  return { text: HEADING + lines.join(''), values };
}

/** The elements, if it is an array of any kind. */
function elementsOf(value: unknown, what: string): Part[] | undefined {
  const typed = arrayName(value);
  if (typed !== undefined && typeOfArray(typed) === undefined) {
    throw refusal(new TypeError(`${what} cannot be a ${typed}: convert the bigints to numbers, as in a Float64Array`));
  }
  if (typed === undefined && !Array.isArray(value)) {
    return undefined;
  }
  const array = value as ArrayLike<unknown>;
  const length = typed === undefined ? array.length : lengthOf(array);
  if (!(length > 0)) {
    throw refusal(new RangeError(`${what} is an empty array, and needs an element at least`));
  }
  if (length > MAX_LENGTH) {
    throw refusal(new RangeError(`${what} has ${length} elements, and ${MAX_LENGTH} at most are possible: use a buffer`));
  }
  // By their indices: iterators of the user's may give anything, and for ever.
  const parts = Array.from({ length }, (_, index) => partOf(array[index], `${what}, [${index}],`));
  const other = parts.findIndex((part) => part.type !== parts[0]!.type);
  if (other >= 0) {
    throw refusal(new TypeError(`${what} holds a ${parts[0]!.type}, but [${other}] is a ${parts[other]!.type}: all elements have one type`));
  }
  return parts;
}

function partOf(value: unknown, what: string): Part {
  if (typeof value === 'number') {
    return { type: 'number', text: textOf(value), value };
  }
  if (typeof value === 'boolean') {
    return { type: 'boolean', text: String(value), value };
  }
  const vector = vectorAt(value, () => what);
  if (vector) {
    return { type: vector.type, text: `${vector.type}(${vector.components.map(textOf).join(', ')})`, value: vector };
  }
  const mend = typeof value === 'function' ? ': declare functions in the kernel itself' : '';
  throw refusal(new TypeError(`${what} must be a number, a boolean, a vector or an array of such, not ${describe(value)}${mend}`));
}

function textOf(number: number): string {
  return Object.is(number, -0) ? '-0' : String(number);
}
