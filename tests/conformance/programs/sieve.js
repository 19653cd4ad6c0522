export const title = 'the sieve of Eratosthenes, one prime a run';

export default async function ({ GPUInterface, dim }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'composite', size: [400] }], uniforms: { p: 2 } }).initialize();
  const strike = await gpu.createKernel((inputs) => {
    const multiple = inputs.uniforms.p * (inputs.uniforms.p + inputs.threadId.x);
    if (multiple < dim(inputs.buffers.composite)) inputs.buffers.composite[multiple] = 1;
  });
  for (const p of [2, 3, 5, 7, 11, 13, 17, 19]) {
    gpu.setUniforms({ p });
    strike.run(200);
  }
  await gpu.readBuffer('composite');
}
