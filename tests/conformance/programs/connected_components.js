export const title = 'the connected parts of a bitmap: the smallest label spreads until the host sees no change';

export default async function ({ GPUInterface, dim, types }) {
  const picture = ['##..####', '.#..#..#', '.##.#.##', '...#....', '###.#.#.', '#.#...#.', '###.###.', '.....#..'];
  const n = picture.length;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'labels', size: [n, n], initialData: picture.map((row, x) => Array.from(row, (c, y) => (c === '#' ? n * x + y + 1 : 0))) },
      { name: 'next', size: [n, n] },
      { name: 'sizes', size: [n * n + 1] },
    ],
  }).initialize();
  const spread = await gpu.createKernel((inputs) => {
    function better(label = types.number, x = types.number, y = types.number) {
      const other = inputs.buffers.labels[x][y];
      return other !== 0 && other < label ? other : label;
    }
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    let label = inputs.buffers.labels[x][y];
    if (label) {
      label = better(label, x - 1, y);
      label = better(label, x + 1, y);
      label = better(label, x, y - 1);
      label = better(label, x, y + 1);
      // Who owns the number may know a smaller one by now.
      const owner = label - 1;
      label = Math.min(label, inputs.buffers.labels[Math.floor(owner / 8)][owner % 8]);
    }
    inputs.buffers.next[x][y] = label;
  });
  const measure = await gpu.createKernel((inputs) => {
    const size = dim(inputs.buffers.labels);
    let count = 0;
    for (let x = 0; x < size.x; x++) for (let y = 0; y < size.y; y++) if (inputs.buffers.labels[x][y] === inputs.threadId.x) count++;
    inputs.buffers.sizes[inputs.threadId.x] = count;
  });
  let before;
  for (let now = ''; now !== before; ) {
    before = now;
    spread.run(n, n);
    gpu.copyBuffer('next', 'labels');
    now = (await gpu.readBuffer('labels')).join();
  }
  measure.run(n * n + 1);
  await gpu.readBuffer('sizes');
}
