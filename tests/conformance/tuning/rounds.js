export const title = 'loops that only compute, left at every round and at none, within other loops';

export default async function ({ GPUInterface, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'left', size: [200] },
      { name: 'sums', size: [40, 30] },
    ],
  }).initialize();
  const leave = await gpu.createKernel((inputs) => {
    const last = inputs.threadId.x;
    let n = 0, s = 1;
    while (n < 160) {
      const half = s / 2;
      s = half + n;
      if (n === last) break;
      n++;
    }
    inputs.buffers.left[last] = n * 1000 + Math.floor(s);
  });
  const nest = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x, y = inputs.threadId.y;
    let total = 0;
    for (let k = 0; k < x % 5; k++) {
      let i = 2, z = vec2(k, y);
      for (; i <= 25; i += 1) {
        let step = z.x - z.y;
        if (step > 50) { step = 50; }
        z = vec2(z.y + step, i % 7);
        if (z.x > 40 + x) break;
      }
      total += i * 100 + z.x;
    }
    inputs.buffers.sums[x][y] = total;
  });
  leave.run(200);
  await gpu.readBuffer('left');
  nest.run(40, 30);
  await gpu.readBuffer('sums');
}
