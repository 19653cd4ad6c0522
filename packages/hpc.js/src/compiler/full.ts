// The full compiler, which knows all of the language and tells what is wrong with a kernel.

import init, { compile, explain } from '../../web/hpc_compiler.js';
import { notLoaded, type Compilers } from './serve.js';

const acts = { compile, explain };

/** It, once its module has arrived. */
export function fullCompiler(): Compilers {
  let module: WebAssembly.Module;
  let loading: Promise<unknown> | undefined;
  return {
    arrive: (arrival) => void ({ module } = arrival),
    async answer({ act, source, interface: interface_, origin }) {
      try {
        await (loading ??= init({ module_or_path: module }));
      } catch (error) {
        // There may be enough memory later.
        loading = undefined;
        return notLoaded(error);
      }
      return acts[act](source, interface_, origin);
    },
  };
}
