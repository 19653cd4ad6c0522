// A program's text as a module that a browser can import.

import { parse, type ImportDeclaration, type Node } from 'acorn';
import type { Problem } from '../messages.js';

/** The text with the specifiers of its imports replaced; nothing else moves. Throws a `ParseError`. */
export function linked(program: string, modules: Readonly<Record<string, string>>): string {
  const specifiers = parsed(program).body.filter(isImport).map(({ source }) => source);
  let text = program;
  for (const { start, end, value } of specifiers.reverse()) {
    const url = modules[String(value)];
    if (url === undefined) {
      const known = Object.keys(modules).map((name) => `'${name}'`).join(', ');
      throw new ParseError({ message: `programs here can import ${known} only, not '${value}'`, ...placeAt(program, start) });
    }
    text = text.slice(0, start) + JSON.stringify(url) + text.slice(end);
  }
  return text;
}

/** The text of a module with the exports of `module`, which it finds as `hpcModule` in the global scope. */
export function exportsOf(module: object): string {
  const names = Object.keys(module).filter((name) => name !== 'default');
  return `export const { ${names.join(', ')} } = globalThis.hpcModule;\nexport default globalThis.hpcModule.default;`;
}

/** An address by which `text` can be imported. */
export function urlOf(text: string): string {
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

/** A program that cannot be run, with the place of what is wrong. */
export class ParseError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The line and the column of an offset, counted from 1. */
export function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function parsed(program: string) {
  try {
    return parse(program, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch (error) {
    const { message, pos } = error as SyntaxError & { pos: number };
    throw new ParseError({ message: message.replace(/ \(\d+:\d+\)$/, ''), ...placeAt(program, pos) });
  }
}

function isImport(node: Node): node is ImportDeclaration {
  return node.type === 'ImportDeclaration';
}
