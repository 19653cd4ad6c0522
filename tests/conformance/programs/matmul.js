export const title = 'the product of two matrices that are not square';

export default async function ({ GPUInterface, dim }) {
  const matrix = (rows, columns, seed) =>
    Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => ((i * 7 + j * 3 + seed) % 11) - 5));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [9, 17], initialData: matrix(9, 17, 1) },
      { name: 'b', size: [17, 6], initialData: matrix(17, 6, 2) },
      { name: 'c', size: [9, 6] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const row = inputs.threadId.x;
    const column = inputs.threadId.y;
    let sum = 0;
    for (let k = 0; k < dim(inputs.buffers.b).x; k++) {
      sum += inputs.buffers.a[row][k] * inputs.buffers.b[k][column];
    }
    inputs.buffers.c[row][column] = sum;
  });
  kernel.run(9, 6);
  await gpu.readBuffer('c');
}
