/// <reference lib="esnext.disposable" />
// What the package exports, in Node and in browsers alike.

import { GPUInterface } from './interface.js';

export default GPUInterface;
export { GPUInterface };
export type { GPUInterfaceSpec } from './interface.js';
export { GPUVec2, GPUVec3, GPUVec4, vec2, vec3, vec4 } from './vectors.js';
export type { GPUVector, Swizzles, VectorMethods } from './vectors.js';
export { array, dim, types } from './kernel_only.js';
export type { Dim } from './kernel_only.js';
export { Canvas, createCanvas } from './canvas.js';
export { KernelError } from './errors.js';
export type { KernelMistake } from './errors.js';
export type { Profile } from './profile.js';
export type { Origin } from './origin.js';
export type {
  AdapterInfo, BackendName, BufferData, BufferSpec, CanvasInput, CanvasLike, DebugReport, ElementName, GPUArray,
  GPUCommandList, GPUInterfaceOptions, GPUKernel, KernelInputs, ReadOptions, Size, TunedRuns, TypedArray, Uniforms, UniformUpdate, UniformValue,
} from './types.js';
