// A kernel's text as a function that can be called.
//
// Plain JavaScript differs from the kernel language in a few places, and a small rewrite of the text closes the gap:
// - vectors, arrays and objects are values: what is stored in a variable, passed or returned is copied, and `===` compares components;
// - `buffer[i].x = 1` and `buffer[i][0] = 1` write to the element, although reading `buffer[i]` gives a copy, and so does `objects[i].field = 1`;
// - a list that is indexed or gone through where it is written is an array;
// - several components can be assigned at once, as in `v.xy = w`;
// - the fill of `array(size, fill)` is evaluated once an element.
// Nothing moves to another line, so breakpoints and stacks show the user's own lines.

import {
  parse, type AnonymousFunctionDeclaration, type Expression, type FunctionDeclaration, type Identifier, type Node, type Property,
} from 'acorn';
import { simple } from 'acorn-walk';
import type { Origin } from '../origin.js';

/** What rewritten text calls; the names are reserved in kernels. */
export interface Helpers {
  /** An array of these values. */
  hpc__array(values: readonly never[]): unknown;
  /** A value like this one that shares nothing with it. */
  hpc__copy(value: unknown): unknown;
  /** The element itself instead of a copy. */
  hpc__place(container: unknown, index: unknown): unknown;
  /** Something whose properties are several components of the vector at once. */
  hpc__swizzled(vector: unknown): unknown;
  /** Whether numbers and booleans are the same, and vectors equal. */
  hpc__equals(left: unknown, right: unknown): boolean;
}

/** The functions that kernels import. */
export type Library = Readonly<Record<string, unknown>>;

/** A function that does what the kernel's text says, behind declarations of `constants`. Throws a SyntaxError if it is no function. */
export function compile(
  text: string,
  library: Library,
  constants: string,
  helpers: Helpers,
  origin: Pick<Origin, 'file' | 'line'>,
): (inputs: unknown) => void {
  const { expression, names } = rewrite(text, library);
  // The constants are written with the library's own names.
  const scope: Record<string, unknown> = { ...helpers, ...library, ...Object.fromEntries(names) };
  const parameters = Object.keys(scope);
  const padding = '\n'.repeat(origin.line - 1);
  // Indirect, so that the text sees nothing of ours; its own lines, so that its name may be that of the user's file.
  const make = (0, eval)(`${padding}(function (${parameters.join()}) { 'use strict'; { ${constants.replaceAll('\n', ' ')} return ${expression}; } })\n//# sourceURL=${origin.file}`);
  return make(...Object.values(scope));
}

/** The text for the compilers, which do not know what is only there for debugging: nothing where `console` is called or `debugger` stands. */
export function withoutDebugging(text: string): string {
  if (!/\b(console|debugger)\b/.test(text)) {
    return text;
  }
  // As an expression, or as a method.
  const [before, tree] = parsedAfter('(', text, '\n)') ?? parsedAfter('({', text, '\n})') ?? [];
  let rest = text;
  const leaveOut = ({ start, end }: Node) => {
    const [from, to] = [start - before!.length, end - before!.length];
    rest = `${rest.slice(0, from)}{}${rest.slice(from + 2, to).replace(/[^\n]/g, ' ')}${rest.slice(to)}`;
  };
  if (tree) {
    simple(tree, {
      DebuggerStatement: leaveOut,
      ExpressionStatement: (node) => isConsole(node.expression) && leaveOut(node),
      ArrowFunctionExpression: ({ body }) => isConsole(body) && leaveOut(body),
    });
  }
  return rest;
}

function parsedAfter(before: string, text: string, after: string): [string, Node] | undefined {
  try {
    return [before, parse(before + text + after, { ecmaVersion: 'latest' })];
  } catch {
    return undefined;
  }
}

function isConsole(expression: Node): boolean {
  const { type, callee } = expression as Node & { callee: Node };
  const { object } = (callee ?? {}) as Node & { object?: Node & { name?: string } };
  return type === 'CallExpression' && object?.name === 'console';
}

/** The rewritten text, and what its free names stand for. */
export function rewrite(text: string, library: Library): { expression: string; names: ReadonlyMap<string, unknown> } {
  const { tree, whole } = parseKernel(text);
  const edits = new Edits();
  const names = new Map<string, unknown>();
  simple(tree, {
    Identifier(node) {
      const member = memberOf(node.name, library);
      if (member !== undefined) {
        names.set(node.name, library[member]);
      }
      if (node.name === '__name') {
        // Bundlers keep the names of functions with it.
        names.set(node.name, (value: unknown) => value);
      }
    },
    MemberExpression(node) {
      const { object } = node;
      if (node.computed) {
        listOf(object, edits);
      }
      if (object.type === 'Identifier' && memberOf(memberName(node), library) && !names.has(object.name)) {
        names.set(object.name, library);
      }
    },
    ForOfStatement(node) {
      listOf(node.right, edits);
    },
    CallExpression(node) {
      const [, fill] = node.arguments;
      if (fill && calledMember(node.callee, library) === 'array') {
        edits.wrap(fill, '() => (', ')');
      }
    },
    ObjectExpression(node) {
      node.properties.forEach((property) => property.type === 'Property' && copyProperty(property, edits));
    },
    VariableDeclarator(node) {
      copyOf(node.init, edits);
    },
    AssignmentExpression(node) {
      placeOf(node.left, edits);
      if (node.operator === '=') {
        copyOf(node.right, edits);
      }
    },
    BinaryExpression(node) {
      if (/^[!=]==?$/.test(node.operator)) {
        edits.wrap(node, `${node.operator[0] === '!' ? '!' : ''}hpc__equals(`, ')');
        edits.replace(node.left.end, node.right.start, ', ');
      }
    },
    UpdateExpression(node) {
      placeOf(node.argument, edits);
    },
    ReturnStatement(node) {
      copyOf(node.argument, edits);
    },
    FunctionDeclaration(node) {
      copyParameters(node, edits);
    },
  });
  return { expression: edits.apply(whole), names };
}

/** The syntax tree of a function in any form, in parentheses. */
function parseKernel(text: string): { tree: Node; whole: string } {
  const options = { ecmaVersion: 'latest', preserveParens: true } as const;
  const whole = `(${text}\n)`;
  try {
    return { tree: parse(whole, options), whole };
  } catch (error) {
    const method = functionOfMethod(text);
    if (method === undefined) {
      throw error;
    }
    return parseKernel(method);
  }
}

/** `run(inputs) { … }` as `function (inputs) { … }`. */
function functionOfMethod(text: string): string | undefined {
  const inObject = `({${text.replace(/^\s*static\s/, '')}})`;
  try {
    let parameters = -1;
    simple(parse(inObject, { ecmaVersion: 'latest' }), {
      Property(node) {
        parameters = node.method ? node.value.start : -1;
      },
    });
    return parameters < 0 ? undefined : `function ${inObject.slice(parameters, -2)}`;
  } catch {
    return undefined;
  }
}

/** The member of the library that a name stands for: bundlers append `$1` or put `_` in front. */
function memberOf(name: string | undefined, library: Library): string | undefined {
  const plain = name?.replace(/\$\d+$/, '').replace(/^_+/, '');
  return plain !== undefined && Object.hasOwn(library, plain) ? plain : undefined;
}

function memberName(node: Node): string | undefined {
  const { type, property, computed } = node as Node & { property: Node; computed: boolean };
  if (type !== 'MemberExpression') {
    return undefined;
  }
  const { name, value } = property as Node & { name?: string; value?: unknown };
  return computed ? (typeof value === 'string' ? value : undefined) : name;
}

/** Which member of the library is called: `array`, `ns.array`, `(0, ns.array)`, `Object(ns.array)`. */
function calledMember(callee: Node, library: Library): string | undefined {
  const node = callee as Node & { name: string; expression: Node; expressions: Node[]; arguments: Node[]; callee: Node & { name?: string } };
  switch (node.type) {
    case 'Identifier':
      return memberOf(node.name, library);
    case 'MemberExpression':
      return memberOf(memberName(node), library);
    case 'ParenthesizedExpression':
      return calledMember(node.expression, library);
    case 'SequenceExpression':
      return calledMember(node.expressions.at(-1)!, library);
    case 'CallExpression':
      return node.callee.name === 'Object' && node.arguments[0] ? calledMember(node.arguments[0], library) : undefined;
    default:
      return undefined;
  }
}

/** Expressions whose value may live elsewhere too. */
const SHARED = new Set([
  'Identifier', 'MemberExpression', 'ConditionalExpression', 'LogicalExpression', 'AssignmentExpression',
  'SequenceExpression', 'ParenthesizedExpression',
]);

function copyOf(expression: Expression | null | undefined, edits: Edits): void {
  if (expression && SHARED.has(expression.type)) {
    // Doubled, since commas in it are no separators of arguments.
    edits.wrap(expression, 'hpc__copy((', '))');
  }
}

function copyParameters(node: FunctionDeclaration | AnonymousFunctionDeclaration, edits: Edits): void {
  const parameters = node.params.map((parameter) => (parameter.type === 'AssignmentPattern' ? parameter.left : parameter));
  const copies = parameters.map((parameter) => (parameter.type === 'Identifier' ? ` ${parameter.name} = hpc__copy(${parameter.name});` : ''));
  edits.insert(node.body.start + 1, copies.join(''));
}

/** `[1, 2]` where it is indexed or gone through. */
function listOf(expression: Node, edits: Edits): void {
  if (unwrapped(expression).type === 'ArrayExpression') {
    edits.wrap(expression, 'hpc__array(', ')');
  }
}

/** The field of an object is a copy; `{ name }` becomes `{ name: … }`. */
function copyProperty({ kind, method, shorthand, value }: Property, edits: Edits): void {
  if (kind !== 'init' || method) {
    return;
  }
  if (shorthand) {
    edits.wrap(value, `${(value as Identifier).name}: hpc__copy((`, '))');
  } else {
    copyOf(value, edits);
  }
}

/**
 * The place that is assigned to instead of a copy: `a[i].x` and `a[i][0]` on the left of an assignment become `hpc__place(a, i).x` and
 * `hpc__place(a, i)[0]`, `a[i].field.x` becomes `hpc__place(hpc__place(a, i), "field").x`, and `v.xy` becomes `hpc__swizzled(v).xy`.
 */
function placeOf(target: Node, edits: Edits): void {
  const member = unwrapped(target) as Node & { object: Node };
  if (member.type !== 'MemberExpression') {
    return;
  }
  let link = unwrapped(member.object) as Node & { object: Node; property: Node; computed: boolean };
  // A name behind a name is what it is.
  while (link.type === 'MemberExpression' && (link.computed || unwrapped(link.object).type !== 'Identifier')) {
    edits.insert(link.object.start, 'hpc__place(');
    if (link.computed) {
      edits.replace(link.object.end, link.property.start, ', (');
      edits.replace(link.property.end, link.end, '))');
    } else {
      edits.replace(link.object.end, link.end, `, "${memberName(link)}")`);
    }
    link = unwrapped(link.object) as typeof link;
  }
  if (/^[xyzw]{2,4}$/.test(memberName(member) ?? '')) {
    edits.wrap(member.object, 'hpc__swizzled(', ')');
  }
}

function unwrapped(node: Node): Node {
  return node.type === 'ParenthesizedExpression' ? unwrapped((node as Node & { expression: Node }).expression) : node;
}

/** Changes of a text, gathered from the inside out and made all at once. */
class Edits {
  readonly #openings = new Map<number, string>();
  readonly #closings = new Map<number, string>();
  readonly #replacements = new Map<number, { end: number; text: string }>();

  wrap(node: Node, before: string, after: string): void {
    this.insert(node.start, before);
    this.#closings.set(node.end, (this.#closings.get(node.end) ?? '') + after);
  }

  // What comes later lies further out, and hence before what came earlier.
  insert(at: number, text: string): void {
    this.#openings.set(at, text + (this.#openings.get(at) ?? ''));
  }

  replace(start: number, end: number, text: string): void {
    this.#replacements.set(start, { end, text });
  }

  apply(text: string): string {
    let result = '';
    for (let at = 0; at <= text.length; ) {
      result += (this.#closings.get(at) ?? '');
      const replacement = this.#replacements.get(at);
      if (replacement && replacement.end > at) {
        // Line ends stay where they are.
        result += replacement.text + text.slice(at, replacement.end).replace(/[^\n]/g, '');
        at = replacement.end;
        continue;
      }
      result += (this.#openings.get(at) ?? '') + (text[at] ?? '');
      at += 1;
    }
    return result;
  }
}
