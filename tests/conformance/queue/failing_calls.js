export const title = 'a call that fails changes nothing and does not disturb the queue';

export default async function ({ GPUInterface, fails, vec2, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [4], initialData: [1, 2, 3, 4] },
      { name: 'v', size: [2], initialData: [vec2(1, 2), vec2(3, 4)] },
      { name: 'm', size: [2, 3], type: 'vec2' },
      { name: 'n', size: [3, 2], type: 'vec2' },
    ],
    uniforms: { k: 1, p: vec2(2, 3) },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.k;
  });
  kernel.run(4);
  await fails(() => gpu.copyBuffer('a', 'v'));
  await fails(() => gpu.copyBuffer('m', 'n'));
  await fails(() => gpu.copyBuffer('a', 'nothing'));
  await fails(() => gpu.copyBuffer('nothing', 'a'));
  await fails(() => gpu.writeBuffer('a', [1, 2, 3]));
  await fails(() => gpu.writeBuffer('a', [1, 2, 3, 4, 5]));
  await fails(() => gpu.writeBuffer('v', [vec3(1, 2, 3), vec3(4, 5, 6)]));
  await fails(() => gpu.writeBuffer('nothing', [1]));
  await fails(() => gpu.readBuffer('nothing'));
  await fails(() => gpu.setUniforms({ nothing: 1 }));
  await fails(() => gpu.setUniforms({ k: 5, p: true }));
  await fails(() => gpu.setUniforms({ k: 5, nothing: 1 }));
  await fails(() => kernel.run(0));
  await fails(() => kernel.run(4, 0));
  await fails(() => kernel.run(4, 1, 0));
  await fails(() => kernel.run(-1));
  await fails(() => kernel.run(1.5));
  await fails(() => kernel.run(NaN));
  await fails(() => kernel.run(Infinity));
  await fails(() => kernel.run('2'));
  await fails(() => kernel.run());
  kernel.run(2, undefined, 1);
  await gpu.readBuffer('a');
  await gpu.readBuffer('v');
}
