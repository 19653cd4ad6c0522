// Waves on a torus, in two buffers that take turns: mpiexec -n 4 target/debug/examples/programs waves

export default async function kernels(gpu) {
  const begin = await gpu.createKernel((inputs) => {
    const { now, before } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const dx = x - 0.3 * now.length;
    const dy = y - 0.5 * now[0].length;
    now[x][y] = Math.exp(-0.05 * (dx * dx + dy * dy));
    before[x][y] = now[x][y];
  });

  const odd = await gpu.createKernel((inputs) => {
    const { now, before } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const w = now.length;
    const h = now[0].length;
    const around = now[(x + w - 1) % w][y] + now[(x + 1) % w][y] + now[x][(y + h - 1) % h] + now[x][(y + 1) % h];
    before[x][y] = 2 * now[x][y] - before[x][y] + inputs.uniforms.speed * (around - 4 * now[x][y]);
  });

  const even = await gpu.createKernel((inputs) => {
    const { now, before } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const w = now.length;
    const h = now[0].length;
    const around =
      before[(x + w - 1) % w][y] + before[(x + 1) % w][y] + before[x][(y + h - 1) % h] + before[x][(y + 1) % h];
    now[x][y] = 2 * before[x][y] - now[x][y] + inputs.uniforms.speed * (around - 4 * before[x][y]);
  });

  return { begin, odd, even };
}
