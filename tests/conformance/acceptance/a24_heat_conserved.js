export const title = 'A24: without the mouse the sum of the heat is conserved';

export default async function ({ GPUInterface }) {
  const start = Array.from({ length: 9 }, (_, x) => Array.from({ length: 5 }, (_, y) => ((x * 5 + y) * 7 % 11) / 11));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'heat', size: [9, 5], initialData: start },
      { name: 'heatcopy', size: [9, 5] },
      { name: 'sum', size: [2] },
    ],
  }).initialize();
  const diffuse = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    const h = inputs.buffers.heat[x][y];
    let change = 0;
    if (x > 0) change += inputs.buffers.heat[x - 1][y] - h;
    if (x < 8) change += inputs.buffers.heat[x + 1][y] - h;
    if (y > 0) change += inputs.buffers.heat[x][y - 1] - h;
    if (y < 4) change += inputs.buffers.heat[x][y + 1] - h;
    inputs.buffers.heatcopy[x][y] = h + 0.25 * change;
  });
  const total = await gpu.createKernel((inputs) => {
    let sum = 0;
    let inside = 1;
    for (let x = 0; x < 9; x++) {
      for (let y = 0; y < 5; y++) {
        const h = inputs.buffers.heat[x][y];
        sum += h;
        if (h < 0 || h > 1) inside = 0;
      }
    }
    inputs.buffers.sum[0] = sum;
    inputs.buffers.sum[1] = inside;
  });
  for (let step = 0; step < 1000; step++) {
    diffuse.run(9, 5);
    gpu.copyBuffer('heatcopy', 'heat');
  }
  total.run(1);
  await gpu.readBuffer('sum', { relative: 1e-4, absolute: 0 });
  await gpu.readBuffer('heat', { relative: 1e-4, absolute: 1e-5 });
}
