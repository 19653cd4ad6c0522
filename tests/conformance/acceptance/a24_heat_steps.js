export const title = 'A24: the heat simulation, two exact steps on an asymmetric grid';

export default async function ({ GPUInterface, types, vec2, dim }) {
  const starts = [
    [[1, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 1]],
    [[0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]],
  ];
  const steps = [
    [
      [.5, .25, 0, .25, 0, 0, 0, 0, .25, 0, .25, .5],
      [.375, .1875, .0625, .1875, .125, .0625, .0625, .125, .1875, .0625, .1875, .375],
    ],
    [
      [0, .25, 0, .25, 0, .25, 0, .25, 0, 0, 0, 0],
      [.125, .0625, .125, .0625, .25, .0625, .125, 0, .125, 0, .0625, 0],
    ],
  ];
  for (const [index, start] of starts.entries()) {
    const gpu = await new GPUInterface({
      buffers: [{ name: 'heat', size: [4, 3], initialData: start }, { name: 'heatcopy', size: [4, 3] }],
    }).initialize();
    const diffuse = await gpu.createKernel((inputs) => {
      const size = dim(inputs.buffers.heat);
      const cell = inputs.threadId.xy;
      const h = inputs.buffers.heat[cell];
      let change = 0;
      if (cell.x > 0) change += inputs.buffers.heat[cell.minus(vec2(1, 0))] - h;
      if (cell.x < size.x - 1) change += inputs.buffers.heat[cell.plus(vec2(1, 0))] - h;
      if (cell.y > 0) change += inputs.buffers.heat[cell.minus(vec2(0, 1))] - h;
      if (cell.y < size.y - 1) change += inputs.buffers.heat[cell.plus(vec2(0, 1))] - h;
      inputs.buffers.heatcopy[cell] = h + 0.25 * change;
    });
    for (const expected of steps[index]) {
      diffuse.run(4, 3);
      gpu.copyBuffer('heatcopy', 'heat');
      await gpu.expect('heat', expected, 'exact');
    }
  }
}
