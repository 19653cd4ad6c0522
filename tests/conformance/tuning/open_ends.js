export const title = 'loops from and to what a buffer says, within the elements that they load and beyond both ends';

const rows = 24;

export default async function ({ GPUInterface }) {
  const from = [0, 0, 5, 90, 100, 101, -3, -20, -40, 99, 0, 2147483600, -2147483648, 84, 60, 17, 3, 1, 0, 100, 96, 50, 51, 52];
  const to = [100, 16, 4, 101, 140, 120, 40, -4, 3, 100, 0, 2147483647, -2147483600, 100, 92, 34, 100, 18, 101, 100, 116, 83, 67, 56];
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'from', type: 'i32', size: [rows], initialData: from },
      { name: 'to', type: 'i32', size: [rows], initialData: to },
      { name: 'columns', type: 'i32', size: [100], initialData: Array.from({ length: 100 }, (_, i) => ((i * 37) % 90) - 5) },
      { name: 'values', size: [100], initialData: Array.from({ length: 100 }, (_, i) => (i % 9) - 4) },
      { name: 'x', size: [80], initialData: Array.from({ length: 80 }, (_, i) => i % 7) },
      { name: 'y', size: [rows] },
      { name: 'last', type: 'i32', size: [rows] },
    ],
  }).initialize();
  const product = await gpu.createKernel((inputs) => {
    const { from, to, columns, values, x, y } = inputs.buffers;
    const i = inputs.threadId.x;
    let sum = 0;
    for (let j = from[i]; j < to[i]; j++) {
      sum += values[j] * x[columns[j]];
    }
    y[i] = sum;
  });
  // The counter lives on, and the extents that it is an index of differ.
  const both = await gpu.createKernel((inputs) => {
    const { from, to, values, x, y, last } = inputs.buffers;
    const i = inputs.threadId.x;
    let j = from[i];
    let sum = 0;
    while (j < to[i]) {
      sum += values[j] + x[j];
      j++;
    }
    y[i] = sum;
    last[i] = j;
  });
  for (const kernel of [product, both]) {
    kernel.run(rows);
    await gpu.readBuffer('y');
    await gpu.readBuffer('last', 'exact');
  }
}
