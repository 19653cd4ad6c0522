export const title = 'Floyd-Steinberg dithering: a run paints all pixels whose errors have arrived';

export default async function ({ GPUInterface, canvas, types }) {
  const [w, h] = [20, 12];
  const grey = Array.from({ length: w }, (_, x) => Array.from({ length: h }, (_, y) => Math.floor((x * 255) / (w - 1) / (1 + y / 20))));
  const gpu = await new GPUInterface({
    buffers: [{ name: 'grey', size: [w, h], initialData: grey }, { name: 'error', size: [w, h] }],
    uniforms: { wave: 0 },
    canvas: canvas(w, h),
  }).initialize();
  const dither = await gpu.createKernel((inputs) => {
    // The part of the error, in sixteenths, that comes from a pixel painted before.
    function from(x = types.number, y = types.number, sixteenths = types.number) {
      return (inputs.buffers.error[x][y] * sixteenths) >> 4;
    }
    const y = inputs.threadId.x;
    const x = inputs.uniforms.wave - 2 * y;
    if (x < 0 || x >= inputs.canvas.size.x) return;
    const wanted = inputs.buffers.grey[x][y] + from(x - 1, y, 7) + from(x - 1, y - 1, 1) + from(x, y - 1, 5) + from(x + 1, y - 1, 3);
    const shown = wanted > 127 ? 255 : 0;
    inputs.buffers.error[x][y] = wanted - shown;
    inputs.canvas.setPixel(x, y, shown, shown, shown);
  });
  for (let wave = 0; wave < w + 2 * h; wave++) {
    gpu.setUniforms({ wave });
    dither.run(h);
  }
  gpu.updateCanvas();
  await gpu.readBuffer('error');
  await gpu.readCanvas();
}
