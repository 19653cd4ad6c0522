(inputs) => {
  function screenToComplex(p = types.vec2) {
    return p.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale);
  }

  const colors = array([vec3(66, 30, 15), vec3(25, 7, 26), vec3(9, 1, 47), vec3(4, 4, 73)]);
  const pixel = inputs.threadId.xy;
  let z = screenToComplex(pixel);
  const c = screenToComplex(inputs.uniforms.center);
  let n = 0;
  for (let i = 0; i < 1000; i++) {
    z = z.cplxTimes(z).plus(c);
    if (z.length() > 2) {
      break;
    }
    n++;
  }
  if (n === 0 || n === 1000) {
    inputs.canvas.setPixel(pixel, 0, 0, 0);
  } else {
    inputs.canvas.setPixel(pixel, colors[n % dim(colors)]);
  }
}
