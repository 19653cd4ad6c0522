export const title = 'Game of Life on a torus: a glider over 20 generations';

export default async function ({ GPUInterface, dim }) {
  const size = 8;
  const cells = Array.from({ length: size }, () => Array(size).fill(0));
  for (const [x, y] of [[0, 1], [1, 2], [2, 0], [2, 1], [2, 2]]) cells[x][y] = 1;
  const gpu = await new GPUInterface({
    buffers: [{ name: 'now', size: [size, size], initialData: cells }, { name: 'next', size: [size, size] }],
  }).initialize();
  const step = await gpu.createKernel((inputs) => {
    const n = dim(inputs.buffers.now).x;
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    let alive = 0;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        if (dx === 0 && dy === 0) continue;
        alive += inputs.buffers.now[(x + dx + n) % n][(y + dy + n) % n];
      }
    }
    const self = inputs.buffers.now[x][y] === 1;
    inputs.buffers.next[x][y] = alive === 3 || (self && alive === 2) ? 1 : 0;
  });
  for (let k = 0; k < 20; k++) {
    step.run(size, size);
    gpu.copyBuffer('next', 'now');
  }
  await gpu.readBuffer('now');
}
