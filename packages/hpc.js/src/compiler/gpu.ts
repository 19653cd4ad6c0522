// The compiler for WebGPU.

import init, { compile, warmUp } from '../../web/hpc_compiler_gpu.js';
import type { Binding } from './serve.js';

export const gpu: Binding = {
  load: (module) => init({ module_or_path: module }),
  compile,
  warmUp,
};
