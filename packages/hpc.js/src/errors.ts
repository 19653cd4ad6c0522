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
  readonly kind: 'Kernel' | 'Mismatch' | 'DeviceLost' | 'OutOfMemory' | 'Dropped' | 'NoDevice' | 'Internal' | 'Refused';
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
    return new KernelError(message, mistakes, origin);
  }
  const error = kind === 'Refused' ? new RangeError(message) : new Error(message);
  return Object.assign(error, { code: kind });
}

type Hide = (error: object, below?: unknown) => void;

// Lets the stack of an error start at the user's call of `method`, where the engine can do that.
export function pointAtCaller<T extends { stack?: string }>(error: T, method: unknown): T {
  const capture = (Error as { captureStackTrace?: Hide }).captureStackTrace;
  capture?.(error, method);
  if (!error.stack?.split('\n').some(isFrame)) {
    // JavaScriptCore forgets who only returned what another function gives: better all frames than none.
    capture?.(error);
  }
  return error;
}

// Does what a public method does; what it throws points at the user's call.
export function guarded<T>(method: unknown, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof Error ? pointAtCaller(error, method) : error;
  }
}

// The same for an asynchronous method, whose call is over when it fails: the stack is taken at the call.
export async function guardedAsync<T>(method: unknown, act: () => Promise<T>): Promise<T> {
  const call = pointAtCaller({} as { stack?: string }, method);
  try {
    return await act();
  } catch (error) {
    if (error instanceof Error && call.stack !== undefined) {
      error.stack = `${error.name}: ${error.message}\n${call.stack.split('\n').filter(isFrame).join('\n')}`;
    }
    throw error;
  }
}

function isFrame(line: string): boolean {
  return line.startsWith('    at ');
}
