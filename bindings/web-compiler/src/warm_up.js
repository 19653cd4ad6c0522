(inputs) => {
  function toPlane(point = types.vec2) {
    return point.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale);
  }
  const colors = array([vec3(66, 30, 15), vec3(9, 1, 47)]);
  const pixel = inputs.threadId.xy;
  const i = inputs.threadId.x;
  let z = toPlane(pixel);
  let n = 0;
  while (n < 20) {
    z = z.cplxTimes(z).plus(inputs.uniforms.center);
    if (z.length() > 2 || Math.abs(z.x) === 1) {
      break;
    }
    n++;
  }
  for (let k = 0; k < dim(inputs.buffers.numbers) - 1; k += 2) {
    if (k === i) continue;
    inputs.buffers.numbers[i] += Math.sin(inputs.buffers.points[k].x) * (k % 3) + Math.sqrt(Math.max(n, 1)) / 2;
  }
  inputs.buffers.points[i] = vec3(inputs.buffers.numbers[i], n, 1).normalized();
  inputs.canvas.setPixel(pixel, n === 0 ? vec3(0, 0, 0) : colors[n % dim(colors)]);
}
