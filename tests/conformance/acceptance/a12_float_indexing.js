export const title = 'A12: random fractional indices are rounded down; −0.5 is outside';

export default async function ({ GPUInterface }) {
  const rows = Array.from({ length: 5 }, (_, x) => Array.from({ length: 5 }, (_, y) => 10 * x + y + 1));
  const gpu = await new GPUInterface({
    buffers: [{ name: 'data', size: [5, 5], initialData: rows }, { name: 'right', size: [200] }, { name: 'outside', size: [3] }],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const x = Math.random() * 5;
    const y = Math.random() * 5;
    const value = inputs.buffers.data[x][y];
    inputs.buffers.right[inputs.threadId.x] = value === 10 * Math.floor(x) + Math.floor(y) + 1 ? 1 : 0;
  });
  const outside = await gpu.createKernel((inputs) => {
    inputs.buffers.outside[0] = inputs.buffers.data[-0.5][0];
    inputs.buffers.outside[1] = inputs.buffers.data[0][-0.5];
    inputs.buffers.outside[2] = inputs.buffers.data[4.5][4.5];
  });
  kernel.run(200);
  outside.run(1);
  await gpu.readBuffer('right');
  await gpu.readBuffer('outside');
}
