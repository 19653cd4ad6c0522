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

/** A line of a stack with its file and line. */
const FRAME = /(?:\(|at |@)((?:\w+:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):\d+\)?$/;
/** What a frame's line has at most, and how many frames are looked at: a program can make anything of its stacks. */
const LONGEST_FRAME = 2048;
const MOST_FRAMES = 50;

/**
 * The origin of a kernel's text that came by a call with this stack; undefined where it is not found there, as in what
 * was translated from TypeScript on the fly.
 */
export async function findOrigin(text: string, stack: string): Promise<Origin | undefined> {
  const seen = new Set<string>();
  for (const { file, line } of framesOf(stack)) {
    // Each file once: the innermost frame is nearest to the text.
    const place = seen.has(file) ? undefined : nearestPlace(text, await contentsOf(file), line);
    seen.add(file);
    if (place) {
      return { file, ...place };
    }
  }
  return undefined;
}

function framesOf(stack: string): { file: string; line: number }[] {
  const lines = stack.split('\n', MOST_FRAMES).filter(({ length }) => length <= LONGEST_FRAME);
  return lines.flatMap((frame) => {
    const [, file, line] = FRAME.exec(frame) ?? [];
    return file === undefined ? [] : [{ file, line: Number(line) }];
  });
}

/** Where `part` begins in `whole`, of several places the one nearest to a line. */
function nearestPlace(part: string, whole: string, near: number): Omit<Origin, 'file'> | undefined {
  let nearest: { line: number; start: number; at: number } | undefined;
  let line = 1;
  let start = 0;
  // A text without characters is everywhere and nowhere.
  for (let at = part === '' ? -1 : whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    for (let end = whole.indexOf('\n', start); end >= 0 && end < at; end = whole.indexOf('\n', start)) {
      line += 1;
      start = end + 1;
    }
    if (!nearest || Math.abs(line - near) < Math.abs(nearest.line - near)) {
      nearest = { line, start, at };
    }
  }
  return nearest && { line: nearest.line, before: whole.slice(nearest.start, nearest.at) };
}

async function contentsOf(file: string): Promise<string> {
  try {
    return await platform().readText(file);
  } catch {
    // It is no file, or cannot be read here.
    return '';
  }
}
