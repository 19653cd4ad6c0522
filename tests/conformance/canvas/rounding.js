export const title = 'coordinates and colours are rounded down, colours clamped, NaN is 0';

export default async function ({ GPUInterface, canvas, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'value', size: [12], initialData: [0, 0.99, 1, 127.5, 254.999, 255, 255.9, 256, 1e9, -0.5, -1e9, NaN] }],
    canvas: canvas(12, 2),
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const v = inputs.buffers.value[i];
    inputs.canvas.setPixel(i + 0.99, 0.5, v, 255 - v, v * 2);
    inputs.canvas.setPixel(i, 1.999, vec3(v / 2, -v, 100.7));
  });
  kernel.run(12);
  gpu.updateCanvas();
  await gpu.readCanvas('exact');
}
