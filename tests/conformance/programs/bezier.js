export const title = 'Bézier curves of degree five by de Casteljau, drawn on a canvas';

export default async function ({ GPUInterface, array, canvas, vec2, vec3 }) {
  const curves = Array.from({ length: 3 }, (_, c) =>
    Array.from({ length: 6 }, (_, k) => vec2(1 + 3.5 * k, 3 + ((k * k * 7 + c * 11) % 13))),
  );
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'control', size: [3, 6], initialData: curves },
      { name: 'points', size: [3, 17], type: 'vec2' },
      { name: 'tangents', size: [3, 17], type: 'vec2' },
    ],
    uniforms: { segments: 16 },
    canvas: canvas(20, 18),
  }).initialize();
  const evaluate = await gpu.createKernel((inputs) => {
    const curve = inputs.threadId.x;
    const t = inputs.threadId.y / inputs.uniforms.segments;
    let p = array(6, vec2(0, 0));
    for (let k = 0; k < 6; k++) p[k] = inputs.buffers.control[curve][k];
    let tangent = vec2(0, 0);
    for (let degree = 5; degree > 0; degree--) {
      if (degree === 1) tangent = p[1].minus(p[0]).times(5);
      for (let k = 0; k < degree; k++) p[k] = p[k].times(1 - t).plus(p[k + 1].times(t));
    }
    inputs.buffers.points[curve][inputs.threadId.y] = p[0];
    inputs.buffers.tangents[curve][inputs.threadId.y] = tangent;
  });
  const draw = await gpu.createKernel((inputs) => {
    const color = array([vec3(255, 80, 80), vec3(80, 255, 80), vec3(80, 80, 255)]);
    const pixel = inputs.threadId.xy.plus(vec2(0.5));
    let nearest = 1.2;
    let painted = -1;
    for (let curve = 0; curve < 3; curve++) {
      for (let k = 0; k < inputs.uniforms.segments; k++) {
        const a = inputs.buffers.points[curve][k];
        const along = inputs.buffers.points[curve][k + 1].minus(a);
        const h = Math.max(0, Math.min(1, pixel.minus(a).dot(along) / along.dot(along)));
        const distance = pixel.dist(a.plus(along.times(h)));
        if (distance < nearest) {
          nearest = distance;
          painted = curve;
        }
      }
    }
    if (painted >= 0) inputs.canvas.setPixel(inputs.threadId.xy, color[painted].times(1.2 - nearest));
  });
  evaluate.run(3, 17);
  draw.run(20, 18);
  gpu.updateCanvas();
  await gpu.readBuffer('points', { relative: 1e-5, absolute: 1e-5 });
  await gpu.readBuffer('tangents', { relative: 1e-4, absolute: 1e-3 });
  await gpu.readCanvas({ relative: 0, absolute: 2, share: 0.99 });
}
