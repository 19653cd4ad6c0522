(inputs) => {
  const { data, points, wide } = inputs.buffers;
  const { x, y } = inputs.threadId;
  const k = Math.floor(data[x] * 16);
  // Each is changed in one step.
  points[k].y += y;
  points[k] = points[k].plus(vec3(1, 2, 3));
  wide[k] += data[x];
  const old = wide[k];
  wide[k] = old - 1;
  // No other thread has this one.
  inputs.buffers.grid[y][x] += old;
}
