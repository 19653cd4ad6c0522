// A kernel's text as a function that can be called.
//
// Plain JavaScript differs from the kernel language in a few places, and a small rewrite of the text closes the gap:
// - vectors, arrays and objects are values: what is stored in a variable or returned is copied, what is passed too but for arrays, and `===` compares components;
// - `buffer[i].x = 1` and `buffer[i][0] = 1` write to the element, although reading `buffer[i]` gives a copy, and so does `objects[i].field = 1`;
// - a list that is indexed or gone through where it is written is an array;
// - several components can be assigned at once, as in `v.xy = w`;
// - the fill of `array(size, fill)` is evaluated once an element;
// - what is accumulated in an element, as by `sum[k] += v`, is one step that no other thread comes between.
// Nothing moves to another line, so breakpoints and stacks show the user's own lines.

import {
  parse, type AnonymousFunctionDeclaration, type AssignmentExpression, type Expression, type FunctionDeclaration, type Identifier, type Node,
  type Property, type Statement,
} from 'acorn';
import { simple } from 'acorn-walk';
import type { Origin } from '../origin.js';

/** What rewritten text calls; the names are reserved in kernels. */
export interface Helpers {
  /** An array of these values. */
  hpc__array(values: readonly never[]): unknown;
  /** What a function gets of an argument: a copy, but of arrays. */
  hpc__passed(value: unknown): unknown;
  /** A value like this one that shares nothing with it. */
  hpc__copy(value: unknown): unknown;
  /** The element itself instead of a copy. */
  hpc__place(container: unknown, index: unknown): unknown;
  /** A buffer or row, where what is read and then written is one step. */
  hpc__steps(container: unknown): unknown;
  /** Something whose properties are several components of the vector at once. */
  hpc__swizzled(vector: unknown): unknown;
  /** Whether numbers and booleans are the same, and vectors equal. */
  hpc__equals(left: unknown, right: unknown): boolean;
  /** `console.log`, of what stands in this line of the kernel. */
  hpc__log(line: number): (...values: unknown[]) => void;
  /** JavaScript's own, on buffers. */
  readonly Atomics: object;
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

/**
 * The text for the compilers, which do not know what is only there for debugging: nothing where another function of `console` is called than `log`,
 * or where `debugger` stands.
 */
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
  return type === 'CallExpression' && consoleMember(callee) !== undefined && consoleMember(callee) !== 'log';
}

/** The name of what is taken of `console`. */
function consoleMember(node: Node): string | undefined {
  const { object } = node as Node & { object?: Node & { name?: string } };
  return object?.name === 'console' ? (memberName(node) ?? '') : undefined;
}

/** The line of a place, counted from 1. */
function lineAt(text: string, place: number): number {
  return text.slice(0, place).split('\n').length;
}

/** The rewritten text, and what its free names stand for. */
export function rewrite(text: string, library: Library): { expression: string; names: ReadonlyMap<string, unknown> } {
  const { tree, whole } = parseKernel(text);
  const edits = new Edits();
  const inOneStep = new Accumulations(whole, edits);
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
      if (consoleMember(node) === 'log') {
        edits.replace(node.start, node.end, `hpc__log(${lineAt(whole, node.start)})`);
      }
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
      inOneStep.ofAssignment(node);
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
      inOneStep.ofTarget(node.argument);
    },
    ReturnStatement(node) {
      copyOf(node.argument, edits);
    },
    FunctionDeclaration(node) {
      copyParameters(node, edits);
    },
  });
  // Behind all else: it goes around places.
  simple(tree, { BlockStatement: ({ body }) => inOneStep.ofStatements(body) });
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
  const copies = parameters.map((parameter) => (parameter.type === 'Identifier' ? ` ${parameter.name} = hpc__passed(${parameter.name});` : ''));
  edits.insert(node.body.start + 1, copies.join(''), node.body.end);
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
    // It is within what wraps the link, and around what wraps its object.
    edits.insert(link.object.start, 'hpc__place(', link.end - 0.5);
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

/** Operators that accumulate, by those that go with them. */
const FAMILIES: Readonly<Record<string, string>> = { '+': '+', '-': '+', '*': '*', '&': '&', '|': '|', '^': '^' };

/** The same of functions of `Math` and methods of vectors. */
const METHODS: Readonly<Record<string, string>> = { plus: '+', minus: '+', times: '*', min: 'min', max: 'max' };

/** Finds what compilers make one step of, and has buffers know it. */
class Accumulations {
  readonly #text: string;
  readonly #edits: Edits;

  constructor(text: string, edits: Edits) {
    this.#text = text;
    this.#edits = edits;
  }

  /** `a[i] += v`, `a[i] = a[i] + v`, `a[i] = Math.min(a[i], v)`. */
  ofAssignment(node: AssignmentExpression): void {
    if (FAMILIES[node.operator.slice(0, -1)] !== undefined) {
      this.ofTarget(node.left);
    } else if (node.operator === '=') {
      this.#ofTwo(node.left, accumulated(node.right, (part) => this.#isSame(part, node.left)));
    }
  }

  /** `const old = a[i]; a[i] = old + v` and `const next = a[i] + v; a[i] = next`, in a list of statements. */
  ofStatements(statements: readonly Statement[]): void {
    statements.forEach((statement, position) => {
      const following = statements[position + 1];
      if (statement.type !== 'VariableDeclaration' || following?.type !== 'ExpressionStatement') {
        return;
      }
      const [declared, ...more] = statement.declarations;
      const assignment = following.expression;
      if (more.length > 0 || !declared?.init || declared.id.type !== 'Identifier' || assignment.type !== 'AssignmentExpression' || assignment.operator !== '=') {
        return;
      }
      const { init, id: { name } } = declared;
      const isNamed = (part: Node) => part.type === 'Identifier' && (part as Node & { name: string }).name === name;
      if (isNamed(unwrapped(assignment.right))) {
        this.#ofTwo(assignment.left, accumulated(init, (part) => this.#isSame(part, assignment.left)));
      } else if (this.#isSame(init, assignment.left) && accumulated(assignment.right, isNamed)) {
        this.#ofTwo(assignment.left, init);
      }
    });
  }

  /** An element that is read and written at once. */
  ofTarget(target: Node): void {
    const element = elementOf(target);
    if (element) {
      this.#edits.wrap(element.object, 'hpc__steps(', ')');
    }
  }

  #ofTwo(target: Node, read: Node | undefined): void {
    if (read) {
      this.ofTarget(target);
      this.ofTarget(read);
    }
  }

  #isSame(one: Node, other: Node): boolean {
    const textOf = (node: Node) => this.#text.slice(node.start, node.end);
    return elementOf(one) !== undefined && textOf(unwrapped(one)) === textOf(unwrapped(other));
  }
}

/** The element `a[i]` of `a[i]`, `a[i].x` and `a[i].field`. */
function elementOf(target: Node): (Node & { object: Node }) | undefined {
  const member = unwrapped(target) as Node & { object: Node; computed: boolean };
  if (member.type !== 'MemberExpression') {
    return undefined;
  }
  if (member.computed) {
    return member;
  }
  return elementOf(member.object);
}

/** What a value is accumulated on: the part that `isIt` says, if all operators around it are of one kind. */
function accumulated(value: Node, isIt: (part: Node) => boolean): Node | undefined {
  const kind = kindOf(unwrapped(value));
  const find = (node: Node): Node | undefined => {
    const part = unwrapped(node);
    if (isIt(part)) {
      return part;
    }
    if (kind === undefined || kindOf(part) !== kind) {
      return undefined;
    }
    return operandsOf(part).map(find).find((found) => found !== undefined);
  };
  return kind === undefined ? undefined : find(value);
}

/** An operator, a call of a function of `Math`, or one of a method of vectors. */
type Operation = Node & {
  operator: string; left: Node; right: Node; arguments: Node[]; callee: Node & { object?: Node & { name?: string } };
};

/** The operands that a value may be accumulated on: not what is taken away. */
function operandsOf(node: Node): Node[] {
  const { type, operator, left, right, callee, arguments: given } = node as Operation;
  if (type === 'BinaryExpression') {
    return operator === '-' ? [left] : [left, right];
  }
  if (callee.object?.name === 'Math') {
    return given;
  }
  return memberName(callee) === 'minus' ? [callee.object!] : [callee.object!, ...given];
}

function kindOf(node: Node): string | undefined {
  const { type, operator, callee } = node as Operation;
  if (type === 'BinaryExpression') {
    return FAMILIES[operator];
  }
  const name = type === 'CallExpression' && callee.object ? memberName(callee) : undefined;
  return name === undefined ? undefined : METHODS[name];
}

/** Changes of a text, gathered in any order and made all at once. */
class Edits {
  readonly #openings = new Map<number, { readonly text: string; readonly end: number }[]>();
  readonly #closings = new Map<number, string>();
  readonly #replacements = new Map<number, { end: number; text: string }>();

  wrap(node: Node, before: string, after: string): void {
    this.insert(node.start, before, node.end);
    this.#closings.set(node.end, (this.#closings.get(node.end) ?? '') + after);
  }

  /** Text in front of what ends at `end`: in front of other such text if that belongs to less, or to the same and came earlier. */
  insert(at: number, text: string, end = at): void {
    const there = this.#openings.get(at) ?? [];
    const place = there.findIndex((other) => other.end <= end);
    there.splice(place < 0 ? there.length : place, 0, { text, end });
    this.#openings.set(at, there);
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
      result += (this.#openings.get(at) ?? []).map((opening) => opening.text).join('') + (text[at] ?? '');
      at += 1;
    }
    return result;
  }
}
