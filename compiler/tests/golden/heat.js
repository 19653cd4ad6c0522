function diffuse(g) {
  const cell = g.threadId.xy;
  const size = dim(g.buffers.grid);
  const old = g.buffers.grid[cell];
  if (g.uniforms.center.dist(cell) < g.uniforms.scale) {
    g.buffers.data[cell.x] = 1;
    return;
  }
  let total = 0;
  if (cell.x > 0) total += g.buffers.grid[cell.x - 1][cell.y] - old;
  if (cell.x < size.x - 1) total += g.buffers.grid[cell.x + 1][cell.y] - old;
  if (cell.y > 0) total += g.buffers.grid[cell.x][cell.y - 1] - old;
  if (cell.y < size.y - 1) total += g.buffers.grid[cell.x][cell.y + 1] - old;
  g.buffers.data[cell.x * 2 + cell.y] = old + 0.25 * total;
}
