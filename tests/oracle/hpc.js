// The documented API of hpc.js as an oracle: the package itself on its debug backend, which calls kernels as the plain
// functions they are. Slow, simple and meant to be obviously right.

import { ObservedInterface as GPUInterface } from './observed.js';

export {
  GPUVec2, GPUVec2i, GPUVec2u, GPUVec3, GPUVec3i, GPUVec3u, GPUVec4, GPUVec4i, GPUVec4u, clamp, floatBits, fract, fromFloatBits, mix, smoothstep, step, types, vec2, vec2i, vec2u, vec3, vec3i, vec3u,
  vec4, vec4i, vec4u,
} from '../../packages/hpc.js/esm/index.js';
// Expectations are stated by functions that run as they are, so they need what kernels see.
export { array, dim } from '../../packages/hpc.js/esm/debug/memory.js';
export { GPUInterface };
export default GPUInterface;
