export const title = 'the contrast of a dark picture by histogram equalization';

export default async function ({ GPUInterface, canvas, dim }) {
  const [w, h] = [20, 16];
  const dark = Array.from({ length: w }, (_, x) => Array.from({ length: h }, (_, y) => Math.floor(20 + x * 1.5 + ((x * y * 7) % 31))));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'image', size: [w, h], initialData: dark },
      { name: 'histogram', size: [256] },
      { name: 'cumulative', size: [256] },
      { name: 'equalized', size: [w, h] },
    ],
    canvas: canvas(w, h),
  }).initialize();
  const count = await gpu.createKernel(function count(g) {
    let n = 0;
    for (let x = 0; x < dim(g.buffers.image).x; x++)
      for (let y = 0; y < dim(g.buffers.image).y; y++)
        if (g.buffers.image[x][y] === g.threadId.x) n++;
    g.buffers.histogram[g.threadId.x] = n;
  });
  const accumulate = await gpu.createKernel(function accumulate(g) {
    let sum = 0;
    for (let i = 0; i <= g.threadId.x; i++) sum += g.buffers.histogram[i];
    g.buffers.cumulative[g.threadId.x] = sum;
  });
  const equalize = await gpu.createKernel(function equalize(g) {
    const size = dim(g.buffers.image);
    let level = 0;
    while (g.buffers.cumulative[level] === 0) level++;
    const lowest = g.buffers.cumulative[level];
    const share = (g.buffers.cumulative[g.buffers.image[g.threadId.xy]] - lowest) / (size.x * size.y - lowest);
    const grey = Math.round(share * 255);
    g.buffers.equalized[g.threadId.xy] = grey;
    g.canvas.setPixel(g.threadId.xy, grey, grey, grey);
  });
  count.run(256);
  accumulate.run(256);
  equalize.run(w, h);
  gpu.updateCanvas();
  await gpu.readBuffer('cumulative');
  await gpu.readBuffer('equalized', { relative: 0, absolute: 1, share: 1 });
  await gpu.readCanvas({ relative: 0, absolute: 1 });
}
