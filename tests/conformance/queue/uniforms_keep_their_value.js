export const title = 'setUniforms changes what it names, copies values, and {} changes nothing';

export default async function ({ GPUInterface, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'out', size: [4], type: 'vec4' }],
    uniforms: { n: 1, v: vec3(1, 2, 3), slot: 0 },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const v = inputs.uniforms.v;
    inputs.buffers.out[inputs.uniforms.slot] = inputs.buffers.out[0].times(0).plus(v.xyzz);
    inputs.buffers.out[inputs.uniforms.slot].w = inputs.uniforms.n;
  });
  kernel.run(1);
  gpu.setUniforms({});
  gpu.setUniforms({ slot: 1 });
  kernel.run(1);
  const v = vec3(4, 5, 6);
  gpu.setUniforms({ v, slot: 2 });
  v.x = 100;
  kernel.run(1);
  gpu.setUniforms({ n: 7, slot: 3 });
  kernel.run(1);
  await gpu.readBuffer('out');
}
