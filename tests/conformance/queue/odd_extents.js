export const title = 'every thread runs exactly once for odd extents';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'count', size: [9, 9, 9] }] }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.count[inputs.threadId.x][inputs.threadId.y][inputs.threadId.z] += 1;
  });
  for (const extents of [[1], [7], [3, 5], [1, 9], [2, 3, 5], [9, 1, 7], [1, 1, 8], [7, 7, 7]]) {
    kernel.run(...extents);
  }
  await gpu.readBuffer('count');
}
