export const title = 'a hash map whose slots are taken by compareExchange, and counts of its keys';

export default async function ({ GPUInterface }) {
  const n = 400;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'key', type: 'u32', size: [n], initialData: Array.from({ length: n }, (_, i) => ((i * 2654435761) % 4294967296) % 97 + 1) },
      { name: 'slots', type: 'u32', size: [256] },
      { name: 'counts', type: 'u32', size: [256] },
      { name: 'found', type: 'u32', size: [100] },
    ],
  }).initialize();
  const insert = await gpu.createKernel((inputs) => {
    const { key, slots, counts } = inputs.buffers;
    const k = key[inputs.threadId.x];
    let slot = Math.imul(k, 0x9e3779b1) >>> 24;
    for (let tries = 0; tries < 256; tries++) {
      const was = Atomics.compareExchange(slots, slot, 0, k);
      if (was === 0 || was === k) {
        counts[slot]++;
        break;
      }
      slot = (slot + 1) % 256;
    }
  });
  const look = await gpu.createKernel((inputs) => {
    const { slots, counts, found } = inputs.buffers;
    const k = inputs.threadId.x;
    let count = 0;
    for (let slot = 0; slot < 256; slot++) if (k > 0 && slots[slot] === k) count = counts[slot];
    found[k] = count;
  });
  insert.run(n);
  look.run(100);
  // Which slot a key has depends on who came first; its count does not.
  await gpu.readBuffer('found', 'exact');
}
