export const title = 'a round of k-means: points add themselves to the sum and the count of the nearest centre';

export default async function ({ GPUInterface, vec2 }) {
  const points = Array.from({ length: 200 }, (_, i) => vec2((i * 37) % 101, (i * 53) % 97));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'points', type: 'vec2', size: [200], initialData: points },
      { name: 'centres', type: 'vec2', size: [5], initialData: [vec2(10, 10), vec2(90, 10), vec2(50, 50), vec2(10, 90), vec2(90, 90)] },
      { name: 'sums', type: 'vec2', size: [5] },
      { name: 'counts', type: 'i32', size: [5] },
    ],
  }).initialize();
  const assign = await gpu.createKernel((inputs) => {
    const b = inputs.buffers;
    const point = b.points[inputs.threadId.x];
    let best = 0;
    let least = 1e9;
    for (let c = 0; c < 5; c++) {
      const away = point.minus(b.centres[c]);
      const distance = away.dot(away);
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    b.sums[best] = b.sums[best].plus(point);
    b.counts[best]++;
  });
  const move = await gpu.createKernel((inputs) => {
    const c = inputs.threadId.x;
    inputs.buffers.centres[c] = inputs.buffers.sums[c].div(Math.max(1, inputs.buffers.counts[c]));
    inputs.buffers.sums[c] = vec2(0, 0);
    inputs.buffers.counts[c] = 0;
  });
  for (let round = 0; round < 3; round++) {
    // Sums of small integers, which singles hold in any order.
    assign.run(200);
    await gpu.readBuffer('sums', 'exact');
    await gpu.readBuffer('counts', 'exact');
    move.run(5);
    await gpu.readBuffer('centres');
  }
}
