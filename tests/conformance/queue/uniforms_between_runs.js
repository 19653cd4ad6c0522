export const title = 'each run sees the uniforms set before it: 300 runs, one element each';

export default async function ({ GPUInterface, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'out', size: [300] }],
    uniforms: { index: 0, p: vec2(0, 0), odd: false },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.out[inputs.uniforms.index] = inputs.uniforms.p.y + (inputs.uniforms.odd ? 1000 : 0);
  });
  for (let index = 0; index < 300; index++) {
    gpu.setUniforms({ index });
    if (index % 3 === 0) gpu.setUniforms({ p: vec2(index, 2 * index) });
    gpu.setUniforms({ odd: index % 2 === 1 });
    kernel.run(1);
  }
  gpu.setUniforms({ index: 5 });
  await gpu.readBuffer('out');
}
