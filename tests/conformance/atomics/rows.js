export const title = 'Atomics on rows, in functions and on what has a name';

export default async function ({ GPUInterface, types }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'grid', type: 'i32', size: [4, 6] },
      { name: 'cube', type: 'u16', size: [2, 3, 4] },
      { name: 'total', type: 'u32', size: [1] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function count(k = types.number) {
      return Atomics.add(inputs.buffers.total, 0, k);
    }
    const { x, y } = inputs.threadId;
    const { grid, cube } = inputs.buffers;
    Atomics.add(grid[y % 4], x % 6, x);
    const row = grid[(y + 1) % 4];
    Atomics.sub(row, 0, 1);
    Atomics.or(cube[x % 2][y % 3], (x + y) % 4, 1 << (x % 16));
    let before = count(2);
    before = count(before - before + 1);
  });
  kernel.run(20, 9);
  for (const name of ['grid', 'cube', 'total']) {
    await gpu.readBuffer(name, 'exact');
  }
}
