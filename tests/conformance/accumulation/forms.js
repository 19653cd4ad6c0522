export const title = 'accumulations as one writes them: with the old value, with the new one, in rows, components and functions';

export default async function ({ GPUInterface, types, vec2i, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'count', type: 'i32', size: [4] },
      { name: 'taken', type: 'i32', size: [64] },
      { name: 'grid', type: 'i32', size: [3, 5] },
      { name: 'cube', type: 'u32', size: [2, 2, 2] },
      { name: 'centres', type: 'vec3', size: [3] },
      { name: 'corners', type: 'vec2i', size: [2], initialData: [vec2i(100, 100), vec2i(0, 0)] },
      { name: 'wraps', type: 'u32', size: [1], initialData: [4294967290] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function add(k = types.number, v = types.number) {
      inputs.buffers.count[k] += v;
    }
    const i = inputs.threadId.x;
    const b = inputs.buffers;
    add(i % 2, i);
    // Each slot is given to one thread; who gets which is open.
    const slot = b.count[2]++;
    b.taken[slot] += 10;
    const next = ++b.count[3];
    b.taken[next - 1] += 1;
    const row = b.grid[i % 3];
    row[(i * 3) % 5] += 1 + (i & 1);
    b.cube[i % 2][(i >> 1) % 2][(i >> 2) % 2] += i;
    b.centres[i % 3] = b.centres[i % 3].plus(vec3(1, i, i % 7));
    b.centres[(i + 1) % 3].y += 0.5;
    b.corners[i % 2].x = Math.min(b.corners[i % 2].x, 50 - i);
    b.corners[i % 2].y = Math.max(b.corners[i % 2].y, i * 3);
    const old = b.wraps[0];
    b.wraps[0] = old + i;
  });
  kernel.run(64);
  for (const name of ['count', 'taken', 'grid', 'cube', 'centres', 'corners', 'wraps']) {
    await gpu.readBuffer(name, 'exact');
  }
}
