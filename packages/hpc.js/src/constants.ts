// Constants that are handed to a kernel: what its text, and that of its functions, sees under names of the program around it. They are part
// of the text that is compiled: declarations behind the function, so that its own lines stay where they are.

import { describe, vectorAt } from './data.js';
import { componentsIn, typeOfArray, type ValueType } from './elements.js';
import { refusal } from './errors.js';
import { entriesOf } from './fields.js';
import { shortened } from './suggest.js';
import { arrayName, lengthOf } from './views.js';

/** How many elements one constant may have. */
const MAX_LENGTH = 4096;
/** How deep arrays are nested. */
const MOST_LEVELS = 3;
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

/** A value: its type, that of an array with its length, and its text in a kernel. */
interface Part {
  readonly type: string;
  readonly text: string;
}

/** A constant of a program, as the plugin reads it. */
export interface ReadConstant {
  readonly name: string;
  readonly typeName: string;
  readonly isArray: boolean;
  /** The numbers of all elements, or of the value. */
  readonly numbers: readonly number[];
}

/** A kernel's text with declarations of constants behind it. */
export function withConstants(text: string, declarations: string): string {
  return declarations === '' ? text : text + HEADING + declarations;
}

/** The declarations of what a kernel is given, as it would write them. Throws if kernels can have no such constants. */
export function declarationsOf(given: unknown): string {
  const entries = given === undefined ? [] : entriesOf(given, 'the constants of a kernel');
  const lines = entries.map(([name, value]) => {
    if (!NAME.test(name) || WORDS.has(name)) {
      throw refusal(new TypeError(`"${shortened(name)}" is no name of a constant: kernels could not write it`));
    }
    const what = `the constant "${shortened(name)}"`;
    return declaration(name, partOf(value, what));
  });
  return lines.join('');
}

/** The same for what the plugin has read. */
export function declarationsRead(constants: readonly ReadConstant[]): string {
  const lines = constants.map(({ name, typeName, isArray, numbers }) => {
    const type = typeName as ValueType;
    const size = componentsIn(type);
    const parts = Array.from({ length: numbers.length / size }, (_, index) => valueOf(type, numbers.slice(index * size, (index + 1) * size)));
    return declaration(name, isArray ? arrayOf(parts) : parts[0]!);
  });
  return lines.join('');
}

function declaration(name: string, { text }: Part): string {
  return `const ${name} = ${text};\n`;
}

function arrayOf(elements: readonly Part[]): Part {
  return { type: `${elements[0]!.type}[${elements.length}]`, text: `array([${elements.map(({ text }) => text).join(', ')}])` };
}

/** A value of these numbers; booleans are 1 and 0. */
function valueOf(type: ValueType, numbers: readonly number[]): Part {
  if (type === 'boolean') {
    return { type, text: String(numbers[0] !== 0) };
  }
  const texts = numbers.map((number) => (Object.is(number, -0) ? '-0' : String(number))).join(', ');
  return { type, text: type === 'number' ? texts : `${type}(${texts})` };
}

/** The elements, if it is an array of any kind. Arrays are nested `depth` levels deep at most. */
function elementsOf(value: unknown, what: string, depth: number): Part[] | undefined {
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
  const parts = Array.from({ length }, (_, index) => partOf(array[index], `${what}, [${index}],`, depth - 1));
  const other = parts.findIndex((part) => part.type !== parts[0]!.type);
  if (other >= 0) {
    throw refusal(new TypeError(`${what} holds a ${parts[0]!.type}, but [${other}] is a ${parts[other]!.type}: all elements have one type`));
  }
  return parts;
}

function partOf(value: unknown, what: string, depth: number = MOST_LEVELS): Part {
  const elements = depth > 0 ? elementsOf(value, what, depth) : undefined;
  if (elements) {
    return arrayOf(elements);
  }
  if (typeof value === 'number') {
    return valueOf('number', [value]);
  }
  if (typeof value === 'boolean') {
    return valueOf('boolean', [value ? 1 : 0]);
  }
  const vector = vectorAt(value, () => what);
  if (vector) {
    return valueOf(vector.type, vector.components);
  }
  const mend = typeof value === 'function' ? ': declare functions in the kernel itself' : '';
  throw refusal(new TypeError(`${what} must be a number, a boolean, a vector or an array of such, not ${describe(value)}${mend}`));
}
