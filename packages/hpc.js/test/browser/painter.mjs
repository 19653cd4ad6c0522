// A program that paints on whatever canvas it is given; the same in Node, in a page and in a worker.

export async function paint(GPUInterface, canvas, options) {
  const gpu = await new GPUInterface({ canvas, options }).initialize();
  const gradient = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    inputs.canvas.setPixel(x, y, (x * 255) / inputs.canvas.size.x, (y * 255) / inputs.canvas.size.y, x * 8 + y);
  });
  const dot = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(1, 2, 255, 128, 64);
  });
  gradient.run(canvas.width, canvas.height);
  gpu.updateCanvas();
  dot.run(1);
  gpu.updateCanvas();
  await gpu.onSubmittedWorkDone();
  return gpu;
}

// What `updateCanvas` puts on a canvas, red, green, blue and alpha from the top left.
export async function shownNow(gpu, canvas) {
  gpu.updateCanvas();
  await drawn(gpu);
  return shownOn(canvas);
}

// Waits until what was called is on the canvas. What WebGPU draws can be seen by JavaScript only until the browser has shown it,
// and so before this turn ends.
export async function drawn(gpu) {
  if (gpu.backendType === 'cpu') {
    return gpu.onSubmittedWorkDone();
  }
  for (let steps = 0; steps < 10; steps++) {
    await undefined;
  }
}

// What an image holds, in the same way.
export function shownOn(canvas) {
  const { width, height } = canvas;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(canvas, 0, 0);
  return [...context.getImageData(0, 0, width, height).data];
}
