export const title = 'fields of objects that several threads add to: cells that particles count themselves in, with vectors and arrays';

export default async function ({ GPUInterface }) {
  const n = 150;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'particles', size: [n], type: { cell: 'i32', speed: 'number', age: 'u8' } },
      { name: 'cells', size: [9], type: { count: 'i32', momentum: 'vec2', oldest: 'u8', kinds: ['u32', 3], slowest: { of: 'number' } } },
      { name: 'alive', type: 'i32', size: [1] },
    ],
  }).initialize();
  const start = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const p = inputs.buffers.particles;
    p[i].cell = (i * i * 5 + 2) % 9;
    p[i].speed = ((i * 7) % 16) / 4;
    p[i].age = (i * 13) % 101;
  });
  const count = await gpu.createKernel((inputs) => {
    const { particles, cells, alive } = inputs.buffers;
    const p = particles[inputs.threadId.x];
    cells[p.cell].count++;
    cells[p.cell].momentum.x += p.speed;
    cells[p.cell].momentum.y -= p.speed * 2;
    cells[p.cell].oldest = Math.max(cells[p.cell].oldest, p.age);
    cells[p.cell].kinds[p.age % 3] += 1;
    cells[p.cell].slowest.of = Math.min(cells[p.cell].slowest.of, p.speed - 5);
    // Its own is not anybody else's.
    particles[inputs.threadId.x].age += 1;
    if (p.age > 50) alive[0] += 1;
  });
  start.run(n);
  count.run(n);
  for (const name of ['cells.count', 'cells.momentum', 'cells.oldest', 'cells.kinds', 'cells.slowest.of', 'particles.age', 'alive']) {
    await gpu.readBuffer(name, 'exact');
  }
}
