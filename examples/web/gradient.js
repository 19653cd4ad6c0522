// The first picture: each thread paints the pixel that has its id.

import GPUInterface from 'hpc.js';

export const title = 'A first picture';

export default async function main({ canvas }) {
  canvas.width = 600;
  canvas.height = 300;

  const gpu = await new GPUInterface({ canvas }).initialize();

  const paint = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const share = pixel.times(255).div(inputs.canvas.size);
    inputs.canvas.setPixel(pixel, share.x, share.y, 128);
  });

  paint.run(canvas.width, canvas.height);
  gpu.updateCanvas();
}
