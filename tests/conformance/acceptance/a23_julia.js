export const title = 'A23: the Julia set, iteration counts and picture';

export default async function ({ GPUInterface, canvas, array, dim, types, vec2, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'counts', size: [8, 12] }],
    uniforms: { mouse: vec2(6, 6), maxIters: 20, scale: 0.3125 },
    canvas: canvas(12, 8),
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function screenToComplex(p = types.vec2) {
      return p.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale);
    }
    const palette = array([
      vec3(66, 30, 15), vec3(25, 7, 26), vec3(9, 1, 47), vec3(4, 4, 73), vec3(0, 7, 100), vec3(12, 44, 138),
      vec3(24, 82, 177), vec3(57, 125, 209), vec3(134, 181, 229), vec3(211, 236, 248), vec3(241, 233, 191),
      vec3(248, 201, 95), vec3(255, 170, 0), vec3(204, 128, 0), vec3(153, 87, 0), vec3(106, 52, 3),
    ]);
    const pixel = inputs.threadId.xy;
    const c = screenToComplex(inputs.uniforms.mouse);
    let z = screenToComplex(pixel);
    let n = 0;
    while (n < inputs.uniforms.maxIters) {
      z = z.cplxTimes(z).plus(c);
      if (z.length() > 2) break;
      n++;
    }
    inputs.buffers.counts[pixel.y][pixel.x] = n;
    let color = vec3(0, 0, 0);
    if (n !== 0 && n !== inputs.uniforms.maxIters) color = palette[n % dim(palette)];
    inputs.canvas.setPixel(pixel, color);
  });
  const table = [
    0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0,
    0, 0, 0, 0, 1, 2, 20, 4, 4, 4, 1, 0,
    0, 0, 0, 1, 1, 4, 20, 20, 20, 20, 2, 0,
    0, 0, 0, 1, 3, 20, 20, 20, 20, 3, 1, 0,
    0, 0, 1, 2, 4, 15, 20, 15, 4, 2, 1, 0,
    0, 0, 1, 3, 20, 20, 20, 20, 3, 1, 0, 0,
    0, 0, 2, 20, 20, 20, 20, 4, 1, 1, 0, 0,
    0, 0, 1, 4, 4, 4, 20, 2, 1, 0, 0, 0,
  ];
  kernel.run(12, 8);
  await gpu.expect('counts', table, 'exact');
  gpu.updateCanvas();
  await gpu.readCanvas('exact');
  gpu.setUniforms({ mouse: vec2(7, 5), scale: 0.25 });
  kernel.run(12, 8);
  await gpu.readBuffer('counts', 'exact');
  gpu.updateCanvas();
  await gpu.readCanvas('exact');
}
