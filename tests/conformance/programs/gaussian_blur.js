export const title = 'a separable Gaussian blur with clamped borders';

export default async function ({ GPUInterface, array, dim, types }) {
  const image = Array.from({ length: 10 }, (_, x) => Array.from({ length: 7 }, (_, y) => ((x * 13 + y * 29) % 17) / 16));
  const gpu = await new GPUInterface({
    buffers: [{ name: 'image', size: [10, 7], initialData: image }, { name: 'rows', size: [10, 7] }, { name: 'out', size: [10, 7] }],
  }).initialize();
  const rows = await gpu.createKernel((inputs) => {
    const weights = array([1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16]);
    const size = dim(inputs.buffers.image);
    let sum = 0;
    for (let k = -2; k <= 2; k++) {
      const x = Math.min(Math.max(inputs.threadId.x + k, 0), size.x - 1);
      sum += weights[k + 2] * inputs.buffers.image[x][inputs.threadId.y];
    }
    inputs.buffers.rows[inputs.threadId.x][inputs.threadId.y] = sum;
  });
  const columns = await gpu.createKernel((inputs) => {
    function clamp(x = types.number, low = types.number, high = types.number) {
      return x < low ? low : x > high ? high : x;
    }
    const weights = array([1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16]);
    let sum = 0;
    for (let k = -2; k <= 2; k++) {
      const y = clamp(inputs.threadId.y + k, 0, dim(inputs.buffers.image[0]) - 1);
      sum += weights[k + 2] * inputs.buffers.rows[inputs.threadId.x][y];
    }
    inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = sum;
  });
  rows.run(10, 7);
  columns.run(10, 7);
  await gpu.readBuffer('out', 'arithmetic');
}
