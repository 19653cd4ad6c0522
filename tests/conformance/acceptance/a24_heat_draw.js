export const title = 'A24: drawing a 9 × 5 grid on a 16 × 12 canvas';

export default async function ({ GPUInterface, canvas, dim }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'heat', size: [9, 5], initialData: Array.from({ length: 9 }, (_, x) => Array.from({ length: 5 }, (_, y) => (x * 8 + y) / 128)) }],
    canvas: canvas(16, 12),
  }).initialize();
  const draw = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const ratio = dim(inputs.buffers.heat).div(inputs.canvas.size);
    const cell = pixel.times(ratio).floor();
    const grey = 255 * inputs.buffers.heat[cell];
    inputs.canvas.setPixel(pixel, grey, grey, grey);
  });
  draw.run(16, 12);
  gpu.updateCanvas();
  const columns = [0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6, 7, 7, 8];
  const rows = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4];
  await gpu.expectCanvas(
    rows.flatMap((y) => columns.flatMap((x) => {
      const grey = Math.floor((255 * (x * 8 + y)) / 128);
      return [grey, grey, grey, 255];
    })),
    'exact',
  );
}
