// The Julia set whose constant is the mouse's place.

import GPUInterface, { array, dim, types, vec2, vec3 } from 'hpc.js';

export default async function julia(canvas) {
  const gpu = await new GPUInterface({
    canvas,
    uniforms: { mouse: vec2(canvas.width * 0.55, canvas.height * 0.65), maxIters: 1000, scale: 1 / 300 },
  }).initialize();

  const draw = await gpu.createKernel((inputs) => {
    function screenToComplex(point = types.vec2) {
      return point.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale);
    }

    const palette = array([
      vec3(66, 30, 15),
      vec3(25, 7, 26),
      vec3(9, 1, 47),
      vec3(4, 4, 73),
      vec3(0, 7, 100),
      vec3(12, 44, 138),
      vec3(24, 82, 177),
      vec3(57, 125, 209),
      vec3(134, 181, 229),
      vec3(211, 236, 248),
      vec3(241, 233, 191),
      vec3(248, 201, 95),
      vec3(255, 170, 0),
      vec3(204, 128, 0),
      vec3(153, 87, 0),
      vec3(106, 52, 3),
    ]);

    const pixel = inputs.threadId.xy;
    const c = screenToComplex(inputs.uniforms.mouse);
    let z = screenToComplex(pixel);
    let n = 0;
    while (n < inputs.uniforms.maxIters) {
      z = z.cplxTimes(z).plus(c);
      if (z.length() > 2) break;
      n++;
    }

    if (n === 0 || n === inputs.uniforms.maxIters) {
      inputs.canvas.setPixel(pixel, vec3(0, 0, 0));
    } else {
      inputs.canvas.setPixel(pixel, palette[n % dim(palette)]);
    }
  });

  return {
    gpu,

    // Draws the set for a place of the mouse, in pixels from the top left.
    draw(uniforms = {}) {
      gpu.setUniforms(uniforms);
      draw.run(canvas.width, canvas.height);
      gpu.updateCanvas();
    },
  };
}
