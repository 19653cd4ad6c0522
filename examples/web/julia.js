// The Julia set of the point under the mouse.

import GPUInterface, { array, dim, types, vec2, vec3 } from 'hpc.js';

export const title = 'The Julia set';

export default async function main({ canvas }) {
  canvas.width = 600;
  canvas.height = 400;

  // #region interface
  const gpu = await new GPUInterface({
    canvas,
    uniforms: { mouse: vec2(144, 231), maxIters: 300, scale: 1 / 200 },
  }).initialize();
  // #endregion interface

  // #region kernel
  const julia = await gpu.createKernel((inputs) => {
    // The point of the complex plane that a pixel shows.
    function screenToComplex(point = types.vec2) {
      return point.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale);
    }

    const colors = array([
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
      if (z.length() > 2) {
        break;
      }
      n++;
    }

    if (n === 0 || n === inputs.uniforms.maxIters) {
      inputs.canvas.setPixel(pixel, 0, 0, 0);
    } else {
      inputs.canvas.setPixel(pixel, colors[n % dim(colors)]);
    }
  });
  // #endregion kernel

  // #region draw
  const draw = () => {
    julia.run(canvas.width, canvas.height);
    gpu.updateCanvas();
  };
  draw();
  // #endregion draw

  // #region mouse
  canvas.addEventListener('pointermove', (event) => {
    const zoom = canvas.width / canvas.clientWidth;
    gpu.setUniforms({ mouse: vec2(event.offsetX * zoom, event.offsetY * zoom) });
    draw();
  });
  // #endregion mouse
}
