export const title = 'bitonic sort: one run a stage';

export default async function ({ GPUInterface }) {
  const n = 64;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'data', size: [n], initialData: Array.from({ length: n }, (_, i) => (i * 7919) % 101) },
      { name: 'next', size: [n] },
    ],
    uniforms: { block: 2, distance: 1 },
  }).initialize();
  const stage = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const partner = i ^ inputs.uniforms.distance;
    const a = inputs.buffers.data[i];
    const b = inputs.buffers.data[partner];
    const ascending = (i & inputs.uniforms.block) === 0;
    const first = i < partner;
    inputs.buffers.next[i] = first === ascending ? Math.min(a, b) : Math.max(a, b);
  });
  for (let block = 2; block <= n; block *= 2) {
    for (let distance = block / 2; distance >= 1; distance /= 2) {
      gpu.setUniforms({ block, distance });
      stage.run(n);
      gpu.copyBuffer('next', 'data');
    }
  }
  await gpu.readBuffer('data');
}
