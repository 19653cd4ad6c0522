export const title = 'what is added in loops whose counters are no integers, and in conditions';

export default async function ({ GPUInterface, array }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'data', size: [4] },
      { name: 'grid', size: [8, 9] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    let s = 0, n = 0;
    for (let t = 0; t < 1; t += 0.125) {
      s += 1000000000;
      n++;
    }
    inputs.buffers.data[0] = s;
    let m = 0;
    for (let i = 0; (m++, i < 8); i++) {}
    inputs.buffers.data[1] = m;
    // Outside, so that nothing is stored.
    inputs.buffers.grid[0][n + 1] = 1;
    inputs.buffers.grid[0][m] = 2;
    let x = 70;
    if (x >= 64 + inputs.threadId.x * 9) {
      x = 6;
    } else {
      return;
    }
    inputs.buffers.grid[1][x + 3] = 3;
    let k = inputs.threadId.x % 8;
    if (k >= 4) {
      return;
    } else {
      k = k + 5;
    }
    inputs.buffers.grid[2][k + 4] = 4;
    inputs.buffers.data[2] = k;
  });
  kernel.run(2);
  await gpu.readBuffer('data');
  await gpu.readBuffer('grid');
}
