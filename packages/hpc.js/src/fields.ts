// Objects of named parts that users give: each part is read once, since reading may run code of theirs, and parts that nobody knows are
// refused, since they are mistyped.

import { describe } from './data.js';
import { refusal } from './errors.js';
import { didYouMean, shortened } from './suggest.js';
import { arrayName } from './views.js';

/** The parts of `value` with these names; `what` names it in messages. Throws if it is no object, or has parts with other names. */
export function fieldsOf<N extends string>(value: unknown, what: string, names: readonly N[]): { readonly [K in N]: unknown } {
  const object = objectOf(value, what, names);
  const unknown = Object.keys(object).find((key) => !(names as readonly string[]).includes(key));
  if (unknown !== undefined) {
    throw refusal(new TypeError(`${what} has no "${shortened(unknown)}"; ${didYouMean(unknown, 'keys', names)}`));
  }
  return Object.fromEntries(names.map((name) => [name, object[name]])) as { [K in N]: unknown };
}

/** All named parts of `value`. */
export function entriesOf(value: unknown, what: string): [string, unknown][] {
  return Object.entries(objectOf(value, what));
}

function objectOf(value: unknown, what: string, names: readonly string[] = []): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || arrayName(value) !== undefined) {
    const like = names.length > 0 ? ` { ${names.join(', ')} }` : '';
    throw refusal(new TypeError(`${what} must be an object${like}, not ${describe(value)}`));
  }
  return value as Readonly<Record<string, unknown>>;
}
