// The compiler for the CPU backend.

import init, { compile, warmUp } from '../../web/hpc_compiler_cpu.js';
import type { Binding } from './serve.js';

export const cpu: Binding = {
  load: (module) => init({ module_or_path: module }),
  compile,
  warmUp,
};
