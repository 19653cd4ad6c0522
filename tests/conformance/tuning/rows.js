export const title = 'grids along x, along y and in three dimensions, in runs smaller and larger than they are';

export default async function ({ GPUInterface, canvas, dim }) {
  const numbers = (length) => Array.from({ length }, (_, i) => (i * 7) % 23);
  const rows = (height, width) => Array.from({ length: height }, (_, y) => numbers(width).map((n) => n + y));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'grid', size: [37, 70], initialData: rows(37, 70) },
      { name: 'next', size: [37, 70] },
      { name: 'cube', size: [5, 6, 67] },
    ],
    canvas: canvas(33, 17),
  }).initialize();
  const smooth = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x, y = inputs.threadId.y;
    const size = dim(inputs.buffers.grid);
    let total = 4 * inputs.buffers.grid[x][y];
    if (x > 0) total += inputs.buffers.grid[x - 1][y];
    if (x < size.x - 1) total += inputs.buffers.grid[x + 1][y];
    if (y >= 1) total += inputs.buffers.grid[x][y - 1];
    if (!(y >= size.y - 1)) total += inputs.buffers.grid[x][y + 1];
    inputs.buffers.next[x][y] = total;
  });
  const paint = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    if (pixel.x + pixel.y === 12) return;
    inputs.canvas.setPixel(pixel, pixel.x * 5, pixel.y * 9, inputs.buffers.grid[pixel.y][pixel.x]);
  });
  const fill = await gpu.createKernel((inputs) => {
    const id = inputs.threadId;
    if (id.z > 0) inputs.buffers.cube[id.x][id.y][id.z - 1] = id.x * 10000 + id.y * 100 + id.z;
  });
  for (const [width, height] of [[37, 70], [36, 69], [38, 71], [1, 70], [37, 1], [3, 2]]) {
    smooth.run(width, height);
    await gpu.readBuffer('next');
  }
  paint.run(33, 17);
  gpu.updateCanvas();
  await gpu.readCanvas();
  paint.run(40, 20, 2);
  gpu.updateCanvas();
  await gpu.readCanvas();
  fill.run(5, 6, 67);
  await gpu.readBuffer('cube');
  fill.run(6, 7, 70);
  await gpu.readBuffer('cube');
}
