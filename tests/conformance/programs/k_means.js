export const title = 'two k-means steps: nearest centre, then new centres';

export default async function ({ GPUInterface, vec2, dim }) {
  const points = Array.from({ length: 40 }, (_, i) => vec2(((i * 37) % 41) / 4, ((i * 23) % 29) / 3));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'points', size: [40], initialData: points },
      { name: 'centres', size: [3], initialData: [vec2(1, 1), vec2(8, 2), vec2(5, 8)] },
      { name: 'nearest', size: [40] },
    ],
  }).initialize();
  const assign = await gpu.createKernel((inputs) => {
    const p = inputs.buffers.points[inputs.threadId.x];
    let best = -1;
    let bestDistance = 1e30;
    for (let c = 0; c < dim(inputs.buffers.centres); c++) {
      const distance = p.dist(inputs.buffers.centres[c]);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = c;
      }
    }
    inputs.buffers.nearest[inputs.threadId.x] = best;
  });
  const update = await gpu.createKernel((inputs) => {
    let sum = vec2(0, 0);
    let count = 0;
    for (let i = 0; i < dim(inputs.buffers.points); i++) {
      if (inputs.buffers.nearest[i] === inputs.threadId.x) {
        sum = sum.plus(inputs.buffers.points[i]);
        count++;
      }
    }
    if (count > 0) inputs.buffers.centres[inputs.threadId.x] = sum.div(count);
  });
  for (let k = 0; k < 2; k++) {
    assign.run(40);
    update.run(3);
  }
  await gpu.readBuffer('nearest', { relative: 0, absolute: 0, share: 0.95 });
  await gpu.readBuffer('centres', { relative: 1e-4, absolute: 1e-4 });
}
