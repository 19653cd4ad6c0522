(inputs) => {
  const copy = 1 + inputs.buffers.grid;
  const row = 1 + inputs.buffers.grid[0];
  const c = 4;
  c = 5;
  const v = vec2(1, 2);
  v.x = 3;
  inputs.uniforms.scale = 3;
  inputs.threadId.x = 1;
  inputs.buffers.data[0][1] = 1;
  inputs.buffers.data[vec2(1, 2)] = 1;
  const mixed = array([1, vec2(1, 2)]);
  const sized = array(c * 1.5 + inputs.threadId.x, 0);
  return 3;
}
