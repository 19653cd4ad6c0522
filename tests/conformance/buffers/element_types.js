export const title = 'buffers of vectors: packing, reading, writing and the pad of vec3';

export default async function ({ GPUInterface, vec2, vec3, vec4 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'two', size: [3], initialData: [vec2(1, 2), vec2(3, 4), vec2(5, 6)] },
      { name: 'three', size: [3], initialData: [vec3(1, 2, 3), vec3(4, 5, 6), vec3(7, 8, 9)] },
      { name: 'four', size: [3], type: 'vec4' },
      { name: 'wide', size: [2, 2], initialData: [[vec3(1, 2, 3), vec3(4, 5, 6)], [vec3(7, 8, 9), vec3(10, 11, 12)]] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const a = inputs.buffers.two[i];
    const b = inputs.buffers.three[i];
    inputs.buffers.four[i] = vec4(a.x, b.y, a.y, b.z);
    inputs.buffers.two[i] = b.zx;
    inputs.buffers.three[i] = b.plus(vec3(0.5, i, a.x));
    if (i < 2) inputs.buffers.wide[i][1] = inputs.buffers.wide[1 - i][0].times(10);
  });
  kernel.run(3);
  await gpu.readBuffer('two');
  await gpu.readBuffer('three');
  await gpu.readBuffer('four');
  await gpu.readBuffer('wide');
}
