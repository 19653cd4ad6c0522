// Two chemicals that react and spread (Gray and Scott), on a torus: mpiexec -n 4 target/debug/examples/programs gray_scott

export default async function kernels(gpu) {
  const begin = await gpu.createKernel((inputs) => {
    const { field } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const inside = Math.abs(x - 0.5 * field.length) < 6 && Math.abs(y - 0.5 * field[0].length) < 9;
    field[x][y] = inside ? vec2(0.5, 0.25) : vec2(1, 0);
  });

  const react = await gpu.createKernel((inputs) => {
    const { field, next } = inputs.buffers;
    const { x, y } = inputs.threadId;
    const w = field.length;
    const h = field[0].length;
    // All nine around, corners among them.
    let sum = vec2(0, 0);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const weight = dx === 0 && dy === 0 ? -1 : dx === 0 || dy === 0 ? 0.2 : 0.05;
        sum = sum.plus(field[(x + dx + w) % w][(y + dy + h) % h].times(weight));
      }
    }
    const u = field[x][y].x;
    const v = field[x][y].y;
    const made = u * v * v;
    const { feed, kill } = inputs.uniforms;
    next[x][y] = vec2(u + 0.9 * sum.x - made + feed * (1 - u), v + 0.45 * sum.y + made - (feed + kill) * v);
  });

  return { begin, react };
}
