export const title = 'pixels stay until they are painted again; an update shows what ran before it';

export default async function ({ GPUInterface, canvas }) {
  const gpu = await new GPUInterface({ uniforms: { row: 0 }, canvas: canvas(3, 4) }).initialize();
  const paint = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.x, inputs.uniforms.row, 10 * (inputs.uniforms.row + 1), inputs.threadId.x, 200);
  });
  await gpu.readCanvas();
  gpu.updateCanvas();
  await gpu.readCanvas();
  for (let row = 0; row < 3; row++) {
    gpu.setUniforms({ row });
    paint.run(3);
    if (row !== 1) {
      gpu.updateCanvas();
      await gpu.readCanvas();
    }
  }
  gpu.setUniforms({ row: 0.5 });
  paint.run(2);
  gpu.updateCanvas();
  paint.run(3);
  await gpu.readCanvas();
}
