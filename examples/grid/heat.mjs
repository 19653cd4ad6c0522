// Heat that spreads over a plate, on all ranks of a job:
//
//     mpiexec -n 4 node examples/grid/heat.mjs
//
// `grid/examples/programs/` runs the same kernels from Rust.

import Grid from 'hpc.js/grid';

export default async function heat({ size = [512, 512], steps = 100 } = {}) {
  const grid = await new Grid({
    buffers: [
      { name: 'heat', size, split: ['x', 'y'], halo: 1 },
      { name: 'next', size, split: ['x', 'y'], halo: 1 },
    ],
    uniforms: { rate: 0.2 },
  }).initialize();

  const begin = await grid.createKernel((inputs) => {
    const { heat } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const dx = x / heat.length - 0.4;
    const dy = y / heat[0].length - 0.6;
    heat[x][y] = dx * dx + dy * dy < 0.05 ? 1 : 0;
  });

  const spread = await grid.createKernel((inputs) => {
    const { heat, next } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const around = heat[x - 1][y] + heat[x + 1][y] + heat[x][y - 1] + heat[x][y + 1];
    next[x][y] = heat[x][y] + inputs.uniforms.rate * (around - 4 * heat[x][y]);
  });

  begin.run(...size);
  grid.exchange('heat');
  for (let step = 0; step < steps; step++) {
    spread.run(...size);
    grid.exchange('next');
    grid.copyBuffer('next', 'heat');
  }
  return grid.gather('heat');
}
