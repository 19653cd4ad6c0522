({ threadId: { x }, buffers: { data, grid } }) => {
  let row = grid[x];
  row = grid[0];
  data[x] = scale;
  data[x] = points[x].x;
  data[x] = elsewhere;
  data[x] = gird[0][0];
  data[x] = x > 2;
  data[x] = row + 1;
}
