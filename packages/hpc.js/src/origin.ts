// Where a kernel's text stands in the user's files, so that messages, debuggers and reports show that place.

import { platform } from './platform.js';

/** Where a text stands. */
export interface Origin {
  /** The file, as stacks name it: a path or a URL. */
  readonly file: string;
  /** The line there of the text's first line, counted from 1. */
  readonly line: number;
  /** What stands in that line before the text. */
  readonly before: string;
}

/** A frame of a stack: its file and line. */
const FRAME = /(?:\(|at |@)((?:\w+:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):\d+\)?$/gm;

/**
 * The origin of a kernel's text that came by a call with this stack; undefined where it is not found there, as in what
 * was translated from TypeScript on the fly.
 */
export async function findOrigin(text: string, stack: string): Promise<Origin | undefined> {
  const seen = new Set<string>();
  for (const [, file, line] of stack.matchAll(FRAME) as Iterable<[string, string, string]>) {
    // Each file once: the innermost frame is nearest to the text.
    const places = seen.has(file) ? [] : placesOf(text, await contentsOf(file));
    seen.add(file);
    const distance = (place: { line: number }) => Math.abs(place.line - Number(line));
    const nearest = places.sort((a, b) => distance(a) - distance(b))[0];
    if (nearest) {
      return { file, ...nearest };
    }
  }
  return undefined;
}

/** Where `part` begins in `whole`. */
function placesOf(part: string, whole: string): Omit<Origin, 'file'>[] {
  const places = [];
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    const lines = whole.slice(0, at).split('\n');
    places.push({ line: lines.length, before: lines.at(-1)! });
  }
  return places;
}

async function contentsOf(file: string): Promise<string> {
  try {
    return await platform().readText(file);
  } catch {
    // It is no file, or cannot be read here.
    return '';
  }
}
