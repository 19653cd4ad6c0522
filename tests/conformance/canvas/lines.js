export const title = 'one thread paints many pixels, with overlaps painted in order';

export default async function ({ GPUInterface, canvas, vec2, types }) {
  const gpu = await new GPUInterface({ canvas: canvas(16, 16) }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function line(from = types.vec2, to = types.vec2, red = types.number) {
      const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
      for (let k = 0; k <= steps; k++) {
        const p = from.plus(to.minus(from).times(k).div(16));
        inputs.canvas.setPixel(p, red, 128, k);
      }
    }
    line(vec2(0, 0), vec2(16, 8), 255);
    line(vec2(0, 8), vec2(16, 0), 100);
    line(vec2(3.5, -2), vec2(3.5, 14), 50);
  });
  kernel.run(1);
  gpu.updateCanvas();
  await gpu.readCanvas('exact');
}
