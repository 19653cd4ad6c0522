(inputs) => {
  function next() { return inputs.buffers.data[0]++; }
  function store(i = types.number, v = types.number) { inputs.buffers.data[i] = v; }
  let x = 0;
  const y = x++ + x++ * next();
  x = inputs.uniforms.on ? next() : y;
  inputs.uniforms.on && store(1, x);
  const ok = x > 1 || next() > 2;
  let a, b;
  a = b = Math.random();
  store(2, ok ? a : b);
  inputs.buffers.points[1].y *= 2;
  inputs.buffers.flat[next()] = vec2(a, next());
}
