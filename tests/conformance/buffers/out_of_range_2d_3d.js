export const title = 'each dimension is checked by itself: nothing wraps into the next row';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'm', size: [3, 4], initialData: [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]] },
      { name: 'sum', size: [5, 6] },
      { name: 'w', size: [3, 4] },
      { name: 'c', size: [2, 3, 2] },
    ],
  }).initialize();
  const neighbours = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x - 1;
    const j = inputs.threadId.y - 1;
    let sum = 0;
    for (let a = -1; a <= 1; a++) for (let b = -1; b <= 1; b++) sum += inputs.buffers.m[i + a][j + b];
    inputs.buffers.sum[i + 1][j + 1] = sum;
  });
  const writes = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x - 2;
    const j = inputs.threadId.y - 2;
    inputs.buffers.w[i][j] = 10 * i + j;
    for (let k = -2; k < 5; k++) inputs.buffers.c[i][j][k] += 1 + k;
  });
  neighbours.run(5, 6);
  writes.run(8, 9);
  await gpu.readBuffer('sum');
  await gpu.readBuffer('w');
  await gpu.readBuffer('c');
}
