export const title = 'each operator between a uniform and ids, integers or fractions, over the edges of 2^24, 2^31, 2^32 and 2^53';

const EDGES = [0, 1, -1, 3, 16777217, 2147483647, -2147483648, 2147483648, 4294967295, 4294967296, 9007199254740991, 0.5, -2.75, NaN];
// A kernel each, small: doubles take long to compile on some drivers.
const EXPRESSIONS = ['u + i', 'u - i * 3', 'u * i', 'u % (i + 1)', 'Math.floor(u / (i + 2))', '(u ^ i) >>> (i & 7)', '(i << u) | (u >> i)', 'Math.imul(u, i + 65537)', 'Math.max(Math.min(u, i), -2)'];

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'out', type: 'f64', size: [EXPRESSIONS.length, 5] }],
    uniforms: { u: 0 },
  }).initialize();
  const kernels = [];
  for (const [row, expression] of EXPRESSIONS.entries()) {
    kernels.push(await gpu.createKernel(new Function('inputs', `
  const i = inputs.threadId.x;
  const u = inputs.uniforms.u;
  inputs.buffers.out[${row}][i] = ${expression};
`)));
  }
  for (const u of EDGES) {
    gpu.setUniforms({ u });
    kernels.forEach((kernel) => kernel.run(5));
    await gpu.readBuffer('out', 'bits');
  }
}
