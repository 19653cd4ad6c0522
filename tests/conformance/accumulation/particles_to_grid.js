export const title = 'mass and momentum of particles added to the nine cells around each, in fixed point and in singles';

export default async function ({ GPUInterface, vec2 }) {
  const n = 300;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'position', type: 'vec2', size: [n], initialData: Array.from({ length: n }, (_, i) => vec2(1.25 + ((i * 7) % 112) / 8, 1.25 + ((i * 11) % 104) / 8)) },
      { name: 'velocity', type: 'vec2', size: [n], initialData: Array.from({ length: n }, (_, i) => vec2((i % 9) - 4, (i % 5) - 2)) },
      { name: 'mass', type: 'i32', size: [16, 16] },
      { name: 'momentum', type: 'vec2i', size: [16, 16] },
      { name: 'weight', size: [16, 16] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const b = inputs.buffers;
    const p = b.position[inputs.threadId.x];
    const v = b.velocity[inputs.threadId.x];
    const baseX = Math.floor(p.x - 0.5) | 0;
    const baseY = Math.floor(p.y - 0.5) | 0;
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const dx = Math.abs(p.x - (baseX + i));
        const dy = Math.abs(p.y - (baseY + j));
        const weight = (2 - dx) * (2 - dy);
        const fixed = Math.round(weight * 1024) | 0;
        b.mass[baseY + j][baseX + i] += fixed;
        b.momentum[baseY + j][baseX + i].x += Math.imul(fixed, v.x);
        b.momentum[baseY + j][baseX + i].y += Math.imul(fixed, v.y);
        b.weight[baseY + j][baseX + i] += weight;
      }
    }
  });
  kernel.run(n);
  for (const name of ['mass', 'momentum', 'weight']) {
    await gpu.readBuffer(name, 'exact');
  }
}
