export const title = 'buffer[i][j][k] is the element initialData[i][j][k], and the last index is contiguous';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'm', size: [2, 3], initialData: [[1, 2, 3], [4, 5, 6]] },
      { name: 'c', size: [2, 3, 4], initialData: [
        [[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]],
        [[100, 101, 102, 103], [110, 111, 112, 113], [120, 121, 122, 123]],
      ] },
      { name: 'written', size: [2, 3, 4] },
      { name: 'out', size: [7] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.out[0] = inputs.buffers.m[0][1];
    inputs.buffers.out[1] = inputs.buffers.m[1][0];
    inputs.buffers.out[2] = inputs.buffers.m[1][2];
    inputs.buffers.out[3] = inputs.buffers.c[0][0][1];
    inputs.buffers.out[4] = inputs.buffers.c[0][1][0];
    inputs.buffers.out[5] = inputs.buffers.c[1][0][0];
    inputs.buffers.out[6] = inputs.buffers.c[1][2][3];
  });
  const write = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    const z = inputs.threadId.z;
    inputs.buffers.written[x][y][z] = 100 * x + 10 * y + z;
  });
  kernel.run(1);
  write.run(2, 3, 4);
  await gpu.readBuffer('m');
  await gpu.readBuffer('c');
  await gpu.readBuffer('out');
  await gpu.readBuffer('written');
}
