export const title = 'pixels outside of the canvas are dropped and touch nothing else';

export default async function ({ GPUInterface, canvas, vec2, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'far', size: [6], initialData: [-0.5, 4, 1e10, -1e10, NaN, Infinity] }],
    canvas: canvas(4, 3),
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x - 3;
    const y = inputs.threadId.y - 3;
    inputs.canvas.setPixel(x, y, 100 + x, 100 + y, 50);
  });
  const far = await gpu.createKernel((inputs) => {
    const f = inputs.buffers.far[inputs.threadId.x];
    inputs.canvas.setPixel(f, 1, 255, 255, 255);
    inputs.canvas.setPixel(vec2(1, f < 0 || f > 4 || f !== f ? f : 3), vec3(255));
  });
  kernel.run(10, 9);
  far.run(6);
  gpu.updateCanvas();
  await gpu.readCanvas('exact');
}
