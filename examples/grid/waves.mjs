// Waves on a torus, in two buffers that take turns: mpiexec -n 4 node examples/grid/waves.mjs

import Grid from 'hpc.js/grid';

export default async function waves({ size = [512, 512], steps = 100 } = {}) {
  const grid = await new Grid({
    buffers: [
      { name: 'now', size, split: ['x', 'y'], halo: 1 },
      { name: 'before', size, split: ['x', 'y'], halo: 1 },
    ],
    periodic: ['x', 'y'],
    uniforms: { speed: 0.25 },
  }).initialize();

  const begin = await grid.createKernel((inputs) => {
    const { now, before } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const dx = x - 0.3 * now.length;
    const dy = y - 0.5 * now[0].length;
    now[x][y] = Math.exp(-0.05 * (dx * dx + dy * dy));
    before[x][y] = now[x][y];
  });

  // `before` becomes what comes after `now`: then the two have changed places.
  const odd = await grid.createKernel((inputs) => {
    const { now, before } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const w = now.length;
    const h = now[0].length;
    const around = now[(x + w - 1) % w][y] + now[(x + 1) % w][y] + now[x][(y + h - 1) % h] + now[x][(y + 1) % h];
    before[x][y] = 2 * now[x][y] - before[x][y] + inputs.uniforms.speed * (around - 4 * now[x][y]);
  });

  const even = await grid.createKernel((inputs) => {
    const { now, before } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const w = now.length;
    const h = now[0].length;
    const around =
      before[(x + w - 1) % w][y] + before[(x + 1) % w][y] + before[x][(y + h - 1) % h] + before[x][(y + 1) % h];
    now[x][y] = 2 * before[x][y] - now[x][y] + inputs.uniforms.speed * (around - 4 * before[x][y]);
  });

  begin.run(...size);
  grid.exchange('now');
  for (let step = 0; step < steps; step++) {
    const [kernel, written] = step % 2 === 0 ? [odd, 'before'] : [even, 'now'];
    kernel.run(...size);
    grid.exchange(written);
  }
  return grid.gather(steps % 2 === 0 ? 'now' : 'before');
}
