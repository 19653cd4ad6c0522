export const title = 'A7: setUniforms, its failures and its order with runs';

export default async function ({ GPUInterface, fails, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'out', size: [4] }, { name: 'log', size: [6] }],
    uniforms: { number: 3, vector: vec2(4, 5), flag: true },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.out[0] = inputs.uniforms.number;
    inputs.buffers.out[1] = inputs.uniforms.vector.x;
    inputs.buffers.out[2] = inputs.uniforms.vector.y;
    inputs.buffers.out[3] = inputs.uniforms.flag ? 1 : 0;
  });
  const log = await gpu.createKernel((inputs) => {
    inputs.buffers.log[inputs.uniforms.number] = inputs.uniforms.number * inputs.uniforms.vector.x;
  });
  kernel.run(1);
  await gpu.readBuffer('out');
  gpu.setUniforms({ number: -9001, vector: vec2(1, 2) });
  kernel.run(1);
  await gpu.readBuffer('out');
  await fails(() => gpu.setUniforms({ unknown: 1 }));
  await fails(() => gpu.setUniforms({ number: 5, vector: true }));
  kernel.run(1);
  await gpu.readBuffer('out');
  for (let number = 0; number < 6; number++) {
    gpu.setUniforms({ number, vector: vec2(number + 10, 0) });
    log.run(1);
  }
  await gpu.readBuffer('log');
}
