// The compiler for the CPU backend.

import init, { compile, warmUp } from '../../web/hpc_compiler_cpu.js';
import type { Module } from './serve.js';

export const cpu: Module = {
  load: () => init({ module_or_path: new URL('../../web/hpc_compiler_cpu_bg.wasm', import.meta.url) }),
  compile,
  warmUp,
};
