// The documented API of hpc.js as an oracle in plain JavaScript. Slow, simple and meant to be obviously right.

import { GPUInterface } from './interface.js';

export { array, dim } from './memory.js';
export { types } from './types.js';
export { GPUVec2, GPUVec3, GPUVec4, vec2, vec3, vec4 } from './vectors.js';
export { GPUInterface };
export default GPUInterface;
