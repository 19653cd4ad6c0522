/// <reference lib="esnext.disposable" />
// What the package exports, in Node and in browsers alike.

import { GPUInterface } from './interface.js';

export default GPUInterface;
export { GPUInterface };
export type { GPUInterfaceSpec } from './interface.js';
export { GPUVec2, GPUVec3, GPUVec4, vec2, vec3, vec4 } from './vectors.js';
export type { GPUVector, PartsOf2, PartsOf3, PartsOf4, Swizzles, VectorMethods } from './vectors.js';
export {
  GPUVec2i, GPUVec2u, GPUVec3i, GPUVec3u, GPUVec4i, GPUVec4u, vec2i, vec2u, vec3i, vec3u, vec4i, vec4u,
} from './integer_vectors.js';
export type { GPUIntegerVector, IntegerVectorMethods } from './integer_vectors.js';
export { clamp, floatBits, fract, fromFloatBits, mix, smoothstep, step } from './functions.js';
export { array, dim, types } from './kernel_only.js';
export type { Dim } from './kernel_only.js';
export { Canvas, createCanvas } from './canvas.js';
export { KernelError } from './errors.js';
export type { KernelMistake } from './errors.js';
export type { Profile } from './profile.js';
export type { Origin } from './origin.js';
export type { CanvasInput, GPUArray, KernelInputs, UniformArrayInput } from './kernel_types.js';
export type {
  AdapterInfo, ArrayFor, BackendName, BufferData, BufferSpec, CanvasLike, CopyOptions, DebugReport, ElementArrays, ElementName, ElementTypes,
  FieldType, GPUCommandList, GPUInterfaceOptions, GPUKernel, HalfArray, KernelConstant, KernelConstants, KernelOptions, KernelValue, ReadOptions,
  RecordData, RecordReadOptions, RecordType, RecoveryEvent, Size, TunedRuns, TypedArray, UniformArray, Uniforms,
  UniformValue, WriteOptions,
} from './types.js';
