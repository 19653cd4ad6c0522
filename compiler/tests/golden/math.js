(inputs) => {
  const x = inputs.buffers.data[0];
  const v = inputs.buffers.points[0];
  inputs.buffers.data[1] = Math.round(x) + x % 3 + x ** 2 + x ** x + Math.max(x, 1, 2) + Math.sign(x);
  inputs.buffers.data[2] = Math.sqrt(x) + Math.atan2(x, 2) + Math.sinh(x) + Math.log10(x) + Math.hypot(x, 1);
  inputs.buffers.points[1] = v.normalized().cross(v.round()).plus(v.min(v.pow(v))).times(1 / 3);
  inputs.buffers.data[3] = 1 / 0 + NaN + Math.PI;
  inputs.buffers.data[4] = v.zyx.equals(v) ? v.dot(v) : v.dist(v.abs());
}
