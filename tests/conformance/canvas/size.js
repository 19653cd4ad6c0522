export const title = 'canvas.size in kernels and functions';

export default async function ({ GPUInterface, canvas, types }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'out', size: [3] }], canvas: canvas(7, 5) }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function area() {
      return inputs.canvas.size.x * inputs.canvas.size.y;
    }
    const half = inputs.canvas.size.div(2);
    inputs.buffers.out[0] = area();
    inputs.buffers.out[1] = half.x;
    inputs.buffers.out[2] = half.yx.plus(inputs.canvas.size).x;
    for (let x = 0; x < inputs.canvas.size.x; x++) inputs.canvas.setPixel(x, inputs.canvas.size.y - 1, 9, 9, 9);
  });
  kernel.run(1);
  await gpu.readBuffer('out');
  gpu.updateCanvas();
  await gpu.readCanvas();
}
