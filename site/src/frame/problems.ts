// What went wrong in a program, and where in its text.

import { KernelError } from 'hpc.js';
import type { Problem } from '../messages.js';
import { ParseError, placeAt } from './imports.js';

/** The texts of kernels that were refused, by the errors that say so. */
const refused = new WeakMap<Error, string>();

/** Remembers which text an error of `createKernel` is about. */
export function isAbout(error: unknown, text: string): void {
  if (error instanceof Error) {
    refused.set(error, text);
  }
}

/** The problems that an error tells of. `url` is the program's own in stacks. */
export function problemsOf(error: unknown, program: string, url: string): Problem[] {
  if (error instanceof ParseError) {
    return [error.problem];
  }
  if (error instanceof KernelError) {
    return error.mistakes.map((mistake) => ({ ...mistake, ...placeInProgram(mistake, refused.get(error) ?? '', program) }));
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
  return [{ message, ...placeInStack(error, url) }];
}

/** The line where a kernel's text begins in the program, counted from 1; 0 if it does not stand there. */
export function lineOf(text: string, program: string): number {
  const start = program.indexOf(text);
  return start < 0 ? 0 : placeAt(program, start).line;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function placeInProgram({ line, column }: Place, text: string, program: string): Place {
  const start = text === '' ? -1 : program.indexOf(text);
  if (start < 0) {
    return { line: 0, column: 0 };
  }
  const first = placeAt(program, start);
  return { line: first.line + line - 1, column: line === 1 ? first.column + column - 1 : column };
}

function placeInStack(error: unknown, url: string): Place {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const at = stack.indexOf(url);
  const [, line, column] = (at >= 0 && /^:(\d+):(\d+)/.exec(stack.slice(at + url.length))) || [];
  return { line: Number(line ?? 0), column: Number(column ?? 0) };
}
