export const title = 'an inclusive prefix sum, one distance a run';

export default async function ({ GPUInterface }) {
  const n = 100;
  const gpu = await new GPUInterface({
    buffers: [{ name: 'a', size: [n], initialData: Array.from({ length: n }, (_, i) => (i * 17) % 23) }, { name: 'b', size: [n] }],
    uniforms: { distance: 1 },
  }).initialize();
  const step = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.b[i] = inputs.buffers.a[i] + inputs.buffers.a[i - inputs.uniforms.distance];
  });
  for (let distance = 1; distance < n; distance *= 2) {
    gpu.setUniforms({ distance });
    step.run(n);
    gpu.copyBuffer('b', 'a');
  }
  await gpu.readBuffer('a');
}
