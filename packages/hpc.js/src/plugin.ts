// The plugin for Vite, Rollup, webpack, esbuild and their kin: kernels are compiled when the application is built.
//
// It looks at files before anything else changes them, so that lines are those of the user, and so that it does not matter what
// becomes of the kernel's text later. What it cannot know is compiled when the program runs.

import MagicString from 'magic-string';
import { relative } from 'node:path';
import { createUnplugin, type TransformResult, type UnpluginBuildContext, type UnpluginContext, type UnpluginInstance } from 'unplugin';
import addon from '../addon.cjs';
import { declarationsRead } from './constants.js';
import type { Failure } from './errors.js';
import { TAG, tagged } from './precompiled.js';

/** The plugin: `hpc.vite()`, `hpc.rollup()`, `hpc.webpack()`, `hpc.esbuild()`. unplugin has more, which are not tested. */
const hpc: UnpluginInstance<undefined, false> = createUnplugin(() => ({
  name: 'hpc.js',
  enforce: 'pre' as const,
  transform: {
    filter: { id: /\.[cm]?[jt]sx?$/, code: 'createKernel' },
    handler(code: string, id: string) {
      return transform(this, code, id);
    },
  },
}));

export default hpc;

type Context = UnpluginBuildContext & UnpluginContext;

function transform(context: Context, code: string, id: string): TransformResult {
  const file = relative('', id);
  const { kernels, unknown, failure } = addon.precompile(code, file);
  if (failure) {
    context.error(errorOf(failure, id));
    return undefined;
  }
  // Kernels of one interface share the reason.
  const reasons = unknown.map(({ message, line, column }) => `${file}:${line}:${column}: kernels are compiled when the program runs, since ${message}`);
  new Set(reasons).forEach((reason) => context.warn(reason));
  if (kernels.length === 0) {
    return undefined;
  }
  const changed = new MagicString(code);
  for (const { start, end, given, seen, gpu, cpu } of kernels) {
    const precompiled = { gpu, cpu, given: declarationsRead(given), seen: declarationsRead(seen) };
    changed.overwrite(start, end, tagged(code.slice(start, end), precompiled));
  }
  for (const brace of new Set(kernels.map(({ spec }) => spec))) {
    if (brace !== undefined) {
      changed.appendRight(brace + 1, TAG);
    }
  }
  return { code: changed.toString(), map: changed.generateMap({ source: id, hires: 'boundary' }) };
}

// Bundlers count columns from 0.
function errorOf({ message, mistakes }: Failure, id: string) {
  const { line, column } = mistakes[0]!;
  return { message, id, loc: { file: id, line, column: column - 1 } };
}
