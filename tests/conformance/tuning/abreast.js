export const title = 'loops with the same rounds in all threads, in runs of odd and even numbers of threads';

const count = 1031;

export default async function ({ GPUInterface, types }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'keys', type: 'u32', size: [count], initialData: Array.from({ length: count }, (_, i) => (i * 2654435761) >>> 0) },
      { name: 'hashes', type: 'u32', size: [count] },
      { name: 'sums', size: [count] },
      { name: 'grid', type: 'i32', size: [37, 29] },
    ],
  }).initialize();
  const hash = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    let h = inputs.buffers.keys[i];
    let step = 7;
    for (let round = 0; round < 64; round++) {
      h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
      h = (h + round * step) >>> 0;
      step += 3;
    }
    inputs.buffers.hashes[i] = h;
  });
  // The counter lives on, loops stand in each other, and a helper is called.
  const nested = await gpu.createKernel((inputs) => {
    function halved(x = types.number, y = types.number) {
      return x / 2 + y;
    }
    const i = inputs.threadId.x;
    let sum = i % 5;
    let outer = 0;
    while (outer < 4) {
      for (let inner = 0; inner < 16; inner++) {
        sum = halved(sum, inner - outer);
      }
      outer++;
    }
    inputs.buffers.sums[i] = sum + outer;
  });
  const rows = await gpu.createKernel((inputs) => {
    const { x, y } = inputs.threadId;
    let value = x * 31 + y;
    for (let round = 0; round < 32; round++) {
      value = (value * 13 + round) % 10007;
    }
    inputs.buffers.grid[x][y] = value;
  });
  for (const threads of [1, 2, 63, 64, 65, 511, count, count + 1, 3 * count]) {
    hash.run(threads);
    nested.run(threads);
    await gpu.readBuffer('hashes', 'exact');
    await gpu.readBuffer('sums');
  }
  rows.run(37, 29);
  await gpu.readBuffer('grid', 'exact');
  rows.run(40, 17);
  await gpu.readBuffer('grid', 'exact');
}
