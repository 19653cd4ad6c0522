// Heat in a solid, each element and its six neighbours: mpiexec -n 4 node examples/grid/stencil.mjs

import Grid from 'hpc.js/grid';

export default async function stencil({ size = [64, 64, 64], steps = 100 } = {}) {
  const solid = { size, split: ['x', 'y', 'z'], halo: 1 };
  const grid = await new Grid({
    buffers: [{ name: 'heat', ...solid }, { name: 'next', ...solid }],
    uniforms: { rate: 0.1 },
  }).initialize();

  const begin = await grid.createKernel((inputs) => {
    const { heat } = inputs.buffers;
    const { x, y, z } = inputs.threadId;
    heat[x][y][z] = (x * 7 + y * 5 + z * 3) % 11;
  });

  const spread = await grid.createKernel((inputs) => {
    const { heat, next } = inputs.buffers;
    const { x, y, z } = inputs.threadId;
    const here = heat[x][y][z];
    const around =
      heat[x - 1][y][z] + heat[x + 1][y][z] + heat[x][y - 1][z] + heat[x][y + 1][z] + heat[x][y][z - 1] + heat[x][y][z + 1];
    next[x][y][z] = here + inputs.uniforms.rate * (around - 6 * here);
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
