// The compiler for WebGPU.

import init, { compile, warmUp } from '../../web/hpc_compiler_gpu.js';
import type { Module } from './serve.js';

export const gpu: Module = {
  load: () => init({ module_or_path: new URL('../../web/hpc_compiler_gpu_bg.wasm', import.meta.url) }),
  compile,
  warmUp,
};
