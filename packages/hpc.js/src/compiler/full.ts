// The compiler that knows everything, and tells what is wrong with a kernel.

import init, { compile, explain } from '../../web/hpc_compiler.js';
import type { Full } from './serve.js';

export const full: Full = {
  load: (module) => init({ module_or_path: module }),
  compile,
  explain,
};
