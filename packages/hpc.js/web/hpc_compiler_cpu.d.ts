// The same functions as in the other compiler.

export * from './hpc_compiler_gpu.js';
export { default } from './hpc_compiler_gpu.js';
