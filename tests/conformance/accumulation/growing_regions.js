export const title = 'voxels that grow into their neighbours until none has changed, as the count of changes says';

export default async function ({ GPUInterface }) {
  const n = 6;
  const solid = Uint8Array.from({ length: n * n * n }, (_, i) => ((i * 13) % 7 < 4 ? 1 : 0));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'solid', type: 'u8', size: [n, n, n], initialData: solid },
      { name: 'label', type: 'i32', size: [n, n, n] },
      { name: 'next', type: 'i32', size: [n, n, n] },
      { name: 'changes', type: 'i32', size: [1] },
    ],
  }).initialize();
  const seed = await gpu.createKernel((inputs) => {
    const { x, y, z } = inputs.threadId;
    inputs.buffers.label[x][y][z] = inputs.buffers.solid[x][y][z] === 1 ? (x * 6 + y) * 6 + z + 1 : 0;
  });
  const grow = await gpu.createKernel((inputs) => {
    const b = inputs.buffers;
    const { x, y, z } = inputs.threadId;
    let label = b.label[x][y][z];
    if (label > 0) {
      label = Math.max(label, b.label[x - 1][y][z], b.label[x + 1][y][z]);
      label = Math.max(label, b.label[x][y - 1][z], b.label[x][y + 1][z]);
      label = Math.max(label, b.label[x][y][z - 1], b.label[x][y][z + 1]);
      if (label !== b.label[x][y][z]) b.changes[0]++;
    }
    b.next[x][y][z] = label;
  });
  seed.run(n, n, n);
  for (let changes = 1; changes > 0; ) {
    await gpu.writeBuffer('changes', [0]);
    grow.run(n, n, n);
    gpu.copyBuffer('next', 'label');
    [changes] = await gpu.readBuffer('changes', 'exact');
  }
  await gpu.readBuffer('label', 'exact');
}
