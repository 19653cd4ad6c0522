// Where a kernel's text stands in the user's files, so that debuggers and reports show that place.

import { platform } from '../platform.js';
import type { Origin } from './rewrite.js';

let kernelCount = 0;

/** The file and line of a kernel's text, or a name of its own where they cannot be found. `stack` is that of the call. */
export async function originOf(text: string, stack: string): Promise<Origin> {
  kernelCount += 1;
  const [, file, line] = /\(?((?:(?:file|https?):\/)?\/[^\s()]*?):(\d+):\d+\)?$/m.exec(stack) ?? [];
  const lines = file === undefined ? [] : linesOf(await contentsOf(file), text);
  const nearest = lines.sort((a, b) => Math.abs(a - Number(line)) - Math.abs(b - Number(line)))[0];
  if (nearest === undefined) {
    return { file: `hpc-kernel-${kernelCount}.js`, line: 1 };
  }
  return { file: file!, line: nearest };
}

/** The lines where `part` begins in `whole`, counted from 1. */
function linesOf(whole: string, part: string): number[] {
  const lines = [];
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) {
    lines.push(whole.slice(0, at).split('\n').length);
  }
  return lines;
}

async function contentsOf(file: string): Promise<string> {
  try {
    return await platform().readText(file);
  } catch {
    // Not a file, or none that can be read.
    return '';
  }
}
