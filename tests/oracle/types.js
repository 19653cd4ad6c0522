// Default values that annotate the parameters of a kernel's functions.
export const types = { number: 'number', boolean: 'boolean', vec2: 'vec2', vec3: 'vec3', vec4: 'vec4' };
