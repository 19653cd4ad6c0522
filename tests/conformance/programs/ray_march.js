export const title = 'a sphere and a plane by ray marching a distance field';

export default async function ({ GPUInterface, canvas, types, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'depth', size: [16, 12] }],
    uniforms: { light: vec3(0.5, 0.8, -0.4) },
    canvas: canvas(16, 12),
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function distance(p = types.vec3) {
      return Math.min(p.minus(vec3(0, 0, 4)).length() - 1.5, p.y + 1.75);
    }
    function normal(p = types.vec3) {
      const e = 0.01;
      return vec3(
        distance(p.plus(vec3(e, 0, 0))) - distance(p.minus(vec3(e, 0, 0))),
        distance(p.plus(vec3(0, e, 0))) - distance(p.minus(vec3(0, e, 0))),
        distance(p.plus(vec3(0, 0, e))) - distance(p.minus(vec3(0, 0, e))),
      ).normalized();
    }
    const pixel = inputs.threadId.xy;
    const uv = pixel.plus(inputs.canvas.size.times(-0.5)).div(inputs.canvas.size.y);
    const direction = vec3(uv.x, -uv.y, 1).normalized();
    let t = 0;
    let hit = false;
    for (let step = 0; step < 60 && !hit; step++) {
      const d = distance(direction.times(t));
      if (d < 0.01) hit = true;
      else t += d;
      if (t > 20) break;
    }
    inputs.buffers.depth[pixel] = hit ? t : -1;
    const brightness = hit ? Math.max(0, normal(direction.times(t)).dot(inputs.uniforms.light.normalized())) : 0;
    inputs.canvas.setPixel(pixel, vec3(1, 0.8, 0.6).times(255 * brightness));
  });
  kernel.run(16, 12);
  await gpu.readBuffer('depth', { relative: 1e-2, absolute: 2e-2, share: 0.97 });
  gpu.updateCanvas();
  await gpu.readCanvas({ relative: 0, absolute: 4, share: 0.97 });
}
