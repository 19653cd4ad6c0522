export const title = 'A9: pixels are black until painted, and an update clears nothing';

export default async function ({ GPUInterface, canvas }) {
  const gpu = await new GPUInterface({ canvas: canvas(6, 4) }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.x, inputs.threadId.y, 200, 100, 50);
  });
  gpu.updateCanvas();
  await gpu.readCanvas();
  kernel.run(3, 4);
  gpu.updateCanvas();
  await gpu.readCanvas();
  gpu.updateCanvas();
  await gpu.readCanvas();
}
