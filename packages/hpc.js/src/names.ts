// What buffers, uniforms and fields may be called.

import { describe } from './data.js';
import { refusal } from './errors.js';
import { shortened } from './suggest.js';

const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$\u200C\u200D]*$/u;
const RESERVED_PREFIX = 'hpc__';

/** A name that kernels can write behind a dot. `what` says what it names. */
export function checkName(name: unknown, what: string): string {
  if (typeof name !== 'string') {
    throw refusal(new TypeError(`${what} must be a string, not ${describe(name)}`));
  }
  if (!IDENTIFIER.test(name) || name.startsWith(RESERVED_PREFIX)) {
    throw refusal(new Error(`${what} cannot be "${shortened(name)}": use letters, digits, _ and $, no digit first, and not ${RESERVED_PREFIX} in front`));
  }
  return name;
}
