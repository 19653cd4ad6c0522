// The same for the CPU backend.

export * from './hpc_compiler_gpu.js';
export { default } from './hpc_compiler_gpu.js';
