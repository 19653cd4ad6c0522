// Heat that spreads over a plate. `grid/examples/programs/` runs these kernels on all ranks of a job:
//
//     mpiexec -n 4 target/debug/examples/programs heat

export default async function kernels(gpu) {
  const begin = await gpu.createKernel((inputs) => {
    const { heat } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const dx = x / heat.length - 0.4;
    const dy = y / heat[0].length - 0.6;
    heat[x][y] = dx * dx + dy * dy < 0.05 ? 1 : 0;
  });

  const spread = await gpu.createKernel((inputs) => {
    const { heat, next } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const around = heat[x - 1][y] + heat[x + 1][y] + heat[x][y - 1] + heat[x][y + 1];
    next[x][y] = heat[x][y] + inputs.uniforms.rate * (around - 4 * heat[x][y]);
  });

  return { begin, spread };
}
