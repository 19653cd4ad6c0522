export const title = 'pixel (0, 0) is at the top left and y grows downwards';

export default async function ({ GPUInterface, canvas }) {
  const gpu = await new GPUInterface({ canvas: canvas(3, 2) }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(0, 0, 255, 0, 0);
    inputs.canvas.setPixel(2, 0, 0, 255, 0);
    inputs.canvas.setPixel(0, 1, 0, 0, 255);
  });
  kernel.run(1);
  gpu.updateCanvas();
  const black = [0, 0, 0, 255];
  await gpu.expectCanvas([255, 0, 0, 255, ...black, 0, 255, 0, 255, 0, 0, 255, 255, ...black, ...black]);
}
