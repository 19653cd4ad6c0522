export const title = 'arrays as uniforms, plain and typed: weights, tables of integers, doubles, indices out of range';

export default async function ({ GPUInterface, dim }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'out', type: 'f64', size: [7, 6] }],
    uniforms: {
      weights: [1, 4, 6.5, 4, 1],
      singles: Float32Array.of(0.1, 16777216, -0),
      doubles: Float64Array.of(0.1, 9007199254740991, -0),
      signed: Int32Array.of(-2147483648, 2147483647, -1),
      unsigned: Uint32Array.of(4294967295, 2147483648, 0),
      bytes: Uint8Array.of(255, 1, 7),
    },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const k = inputs.threadId.x;
    inputs.buffers.out[k][0] = inputs.uniforms.weights[k] + dim(inputs.uniforms.weights);
    inputs.buffers.out[k][1] = inputs.uniforms.singles[k - 1];
    inputs.buffers.out[k][2] = inputs.uniforms.doubles[k];
    inputs.buffers.out[k][3] = inputs.uniforms.signed[k] - 1;
    inputs.buffers.out[k][4] = inputs.uniforms.unsigned[k / 2] + 1;
    inputs.buffers.out[k][5] = inputs.uniforms.bytes[k] ^ 0x80000001;
  });
  kernel.run(7);
  await gpu.readBuffer('out', 'bits');
  gpu.setUniforms({
    weights: [2147483648, -1, 0, 1, 16777217],
    doubles: Float64Array.of(NaN, 1e300, 5e-324),
    signed: Int32Array.of(1, 2, 3),
  });
  kernel.run(7);
  await gpu.readBuffer('out', 'bits');
}
