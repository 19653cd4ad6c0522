// Heat in a solid, each element and its six neighbours: mpiexec -n 4 target/debug/examples/programs stencil

export default async function kernels(gpu) {
  const begin = await gpu.createKernel((inputs) => {
    const { heat } = inputs.buffers;
    const { x, y, z } = inputs.threadId;
    heat[x][y][z] = (x * 7 + y * 5 + z * 3) % 11;
  });

  const spread = await gpu.createKernel((inputs) => {
    const { heat, next } = inputs.buffers;
    const { x, y, z } = inputs.threadId;
    const here = heat[x][y][z];
    const around =
      heat[x - 1][y][z] + heat[x + 1][y][z] + heat[x][y - 1][z] + heat[x][y + 1][z] + heat[x][y][z - 1] + heat[x][y][z + 1];
    next[x][y][z] = here + inputs.uniforms.rate * (around - 6 * here);
  });

  return { begin, spread };
}
