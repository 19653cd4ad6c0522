export const title = 'A5: the packing of readBuffer, also of what kernels wrote';

export default async function ({ GPUInterface, vec2, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'two', size: [2], initialData: [vec2(1, 2), vec2(3, 4)] },
      { name: 'three', size: [2], initialData: [vec3(1, 2, 3), vec3(4, 5, 6)] },
      { name: 'empty', size: [100] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.two[i] = inputs.buffers.two[i].times(10);
    inputs.buffers.three[i] = inputs.buffers.three[i].times(10);
  });
  for (const name of ['two', 'three', 'empty']) {
    await gpu.readBuffer(name);
  }
  kernel.run(2);
  await gpu.readBuffer('two');
  await gpu.readBuffer('three');
}
