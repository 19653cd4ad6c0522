export const title = 'jump flooding: a Voronoi diagram and the distances to its seeds';

export default async function ({ GPUInterface, canvas, dim, vec2 }) {
  const [w, h] = [24, 20];
  const seeds = [vec2(3, 4), vec2(20, 2), vec2(11, 9), vec2(6, 17), vec2(18, 15)];
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'seeds', size: [seeds.length], initialData: seeds },
      { name: 'nearest', size: [w, h], initialData: Array.from({ length: w }, () => Array(h).fill(-1)) },
      { name: 'next', size: [w, h] },
      { name: 'distance', size: [w, h] },
    ],
    uniforms: { jump: 16 },
    canvas: canvas(w, h),
  }).initialize();
  const plant = await gpu.createKernel((inputs) => {
    inputs.buffers.nearest[inputs.buffers.seeds[inputs.threadId.x]] = inputs.threadId.x;
  });
  const flood = await gpu.createKernel((inputs) => {
    const here = inputs.threadId.xy;
    const size = dim(inputs.buffers.nearest);
    let best = -1;
    let shortest = Infinity;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const there = here.plus(vec2(dx, dy).times(inputs.uniforms.jump));
        if (there.x < 0 || there.y < 0 || there.x >= size.x || there.y >= size.y) continue;
        const seed = inputs.buffers.nearest[there];
        if (seed < 0) continue;
        const away = here.minus(inputs.buffers.seeds[seed]);
        const distance = away.dot(away);
        if (distance < shortest || (distance === shortest && seed < best)) {
          shortest = distance;
          best = seed;
        }
      }
    }
    inputs.buffers.next[here] = best;
  });
  const show = await gpu.createKernel((inputs) => {
    const here = inputs.threadId.xy;
    const seed = inputs.buffers.nearest[here];
    const distance = here.dist(inputs.buffers.seeds[seed]);
    inputs.buffers.distance[here] = distance;
    inputs.canvas.setPixel(here, 50 * seed, 255 - 20 * distance, seed === 2 ? 255 : 0);
  });
  plant.run(seeds.length);
  for (let jump = 16; jump >= 1; jump /= 2) {
    gpu.setUniforms({ jump });
    flood.run(w, h);
    gpu.copyBuffer('next', 'nearest');
  }
  show.run(w, h);
  gpu.updateCanvas();
  await gpu.readBuffer('nearest');
  await gpu.readBuffer('distance', 'arithmetic');
  await gpu.readCanvas({ relative: 0, absolute: 1 });
}
