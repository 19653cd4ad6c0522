// The compiler of pages, in a build for each backend: a page fetches the one that it needs.

import * as cpu from '../../web/hpc_compiler_cpu.js';
import * as gpu from '../../web/hpc_compiler_gpu.js';
import { notLoaded, type Compilers, type Target } from './serve.js';

// Both are imported here, as they are small: bundlers make one file of a worker, and some refuse to make several.
const SCRIPTS = { gpu, cpu };

type Compiler = (typeof SCRIPTS)[Target];

/** Those whose modules have arrived. While nobody asks, they warm up, if they may take the time. */
export function compilers({ warmsUp }: { warmsUp: boolean }): Compilers {
  const modules = new Map<Target, WebAssembly.Module>();
  const loading = new Map<Target, Promise<Compiler>>();
  let isAsked = false;

  function load(target: Target): Promise<Compiler> {
    const compiler = loading.get(target) ?? instantiate(target, modules.get(target)!);
    loading.set(target, compiler);
    // There may be enough memory later.
    compiler.catch(() => loading.delete(target));
    return compiler;
  }

  return {
    arrive({ target, module }) {
      modules.set(target, module);
      if (warmsUp) {
        // Whoever asks is told if it does not come.
        load(target).then((compiler) => !isAsked && compiler.warmUp(), () => undefined);
      }
    },
    async answer({ target, act, source, interface: interface_, origin }) {
      isAsked = true;
      let compiler: Compiler;
      try {
        compiler = await load(target);
      } catch (error) {
        return notLoaded(error);
      }
      return compiler[act](source, interface_, origin);
    },
  };
}

async function instantiate(target: Target, module: WebAssembly.Module): Promise<Compiler> {
  const compiler = SCRIPTS[target];
  await compiler.default({ module_or_path: module });
  return compiler;
}
