// Errors: what is wrong with a kernel's text, and failures that a session tells as data.

import type { Origin } from './origin.js';

/** One mistake in a kernel's text. */
export interface KernelMistake {
  /** Which kind of mistake, such as `HPC0101`; `docs/errors` has a page for each. */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  /** The line in the kernel's text, counted from 1. */
  readonly line: number;
  /** The column in that line, counted from 1. */
  readonly column: number;
  /** Why it is a mistake. */
  readonly notes: readonly string[];
  /** How to mend it. */
  readonly help?: string;
}

/** A kernel's text has mistakes. The message shows each with its line; the fields tell of the first one. */
export class KernelError extends Error {
  override readonly name = 'KernelError';
  /** All mistakes, in the order of the text; at least one. */
  readonly mistakes: readonly KernelMistake[];
  /** The file of the kernel and the line where its text begins, which the message shows; undefined where they are not known. */
  readonly origin: Origin | undefined;

  constructor(message: string, mistakes: readonly KernelMistake[], origin?: Origin) {
    super(message);
    this.mistakes = mistakes;
    this.origin = origin;
  }

  /** Which kind of mistake, such as `HPC0101`. */
  get code(): string {
    return this.mistakes[0]!.code;
  }

  /** The line in the kernel's text, counted from 1. */
  get line(): number {
    return this.mistakes[0]!.line;
  }

  /** The column in that line, counted from 1. */
  get column(): number {
    return this.mistakes[0]!.column;
  }

  /** How to mend it. */
  get help(): string | undefined {
    return this.mistakes[0]!.help;
  }
}

/** Why a call on a session failed, as data: the addon never throws what a user caused. */
export interface Failure {
  readonly kind: 'Kernel' | 'Mismatch' | 'DeviceLost' | 'OutOfMemory' | 'LoopLimit' | 'Dropped' | 'NoDevice' | 'Internal' | 'Refused';
  readonly message: string;
  readonly mistakes: readonly KernelMistake[];
  /** Where a kernel's text stands, if that is known. */
  readonly origin?: Origin | undefined;
}

export function isFailure(result: unknown): result is Failure {
  return typeof result === 'object' && result !== null && 'kind' in result && 'mistakes' in result;
}

// The result, unless it is a failure, which is thrown.
export function settled<T>(result: T): Exclude<T, Failure> {
  if (isFailure(result)) {
    throw errorOf(result);
  }
  return result as Exclude<T, Failure>;
}

function errorOf({ kind, message, mistakes, origin }: Failure): Error {
  if (kind === 'Kernel') {
    return ours(new KernelError(message, mistakes, origin));
  }
  return refusal(kind === 'Refused' ? new RangeError(message) : new Error(message), kind);
}

/** What this package throws and nobody has caught yet. All else comes from code of the user's, and is passed on as it is. */
const own = new WeakSet<Error>();

function ours<E extends Error>(error: E): E {
  own.add(error);
  return error;
}

/** An error of this package, whose `code` tells what kind it is: that an argument is wrong, if nothing else is said. */
export function refusal<E extends Error>(error: E, code: Failure['kind'] = 'Refused'): E {
  return ours(Object.assign(error, { code }));
}

type Hide = (error: object, below?: unknown) => void;

// Lets the stack of an error start at the user's call of `method`, where the engine can do that.
export function pointAtCaller<T extends object>(error: T, method: unknown): T {
  const capture = (Error as { captureStackTrace?: Hide }).captureStackTrace;
  try {
    capture?.(error, method);
    if (!stackOf(error).split('\n').some(isFrame)) {
      // JavaScriptCore forgets who only returned what another function gives: better all frames than none.
      capture?.(error);
    }
  } catch {
    // The program's own `prepareStackTrace` throws: then the stack is as it is.
  }
  return error;
}

/** The stack of an error; empty where the program has made something else of it than a text. */
export function stackOf(error: object): string {
  try {
    const { stack } = error as { stack?: unknown };
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}

// Does what a public method does; what it throws points at the user's call.
export function guarded<T>(method: unknown, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw claim(error) ? pointAtCaller(error, method) : error;
  }
}

// The same for an asynchronous method, whose call is over when it fails: the stack is taken at the call.
export async function guardedAsync<T>(method: unknown, act: () => Promise<T>): Promise<T> {
  const call = stackOf(pointAtCaller({}, method));
  try {
    return await act();
  } catch (error) {
    if (claim(error) && call !== '') {
      error.stack = `${error.name}: ${error.message}\n${call.split('\n').filter(isFrame).join('\n')}`;
    }
    throw error;
  }
}

// Whether the error is one of this package's that no call has claimed: the innermost call is the one that it points at.
function claim(error: unknown): error is Error {
  return own.delete(error as Error);
}

function isFrame(line: string): boolean {
  return line.startsWith('    at ');
}
