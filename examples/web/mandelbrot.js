// The Mandelbrot set. The wheel zooms to where the mouse is, dragging moves the picture.

import GPUInterface, { types, vec2 } from 'hpc.js';

export const title = 'The Mandelbrot set';

export default async function main({ canvas }) {
  canvas.width = 600;
  canvas.height = 400;

  let center = vec2(-0.65, 0);
  let scale = 1 / 150;
  const gpu = await new GPUInterface({ canvas, uniforms: { center, scale, maxIters: 200 } }).initialize();

  const mandelbrot = await gpu.createKernel((inputs) => {
    // How many steps it takes to leave the circle of radius 2; fractions make the colours smooth.
    function steps(c = types.vec2) {
      let z = vec2(0, 0);
      let n = 0;
      while (n < inputs.uniforms.maxIters && z.dot(z) < 256) {
        z = z.cplxTimes(z).plus(c);
        n++;
      }
      if (n === inputs.uniforms.maxIters) {
        return -1;
      }
      return n - Math.log2(Math.log2(z.dot(z)) / 2);
    }

    const pixel = inputs.threadId.xy;
    const n = steps(pixel.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale).plus(inputs.uniforms.center));
    if (n < 0) {
      inputs.canvas.setPixel(pixel, 0, 0, 0);
    } else {
      const phase = 0.3 * Math.sqrt(n + 1);
      inputs.canvas.setPixel(
        pixel,
        127 + 127 * Math.sin(6 * phase + 3.6),
        127 + 127 * Math.sin(6 * phase + 4.4),
        127 + 127 * Math.sin(6 * phase + 5.4),
      );
    }
  });

  const draw = () => {
    gpu.setUniforms({ center, scale });
    mandelbrot.run(canvas.width, canvas.height);
    gpu.updateCanvas();
  };
  draw();

  // From the middle of the canvas, in pixels.
  const place = (event) => {
    const zoom = canvas.width / canvas.clientWidth;
    return vec2(event.offsetX * zoom, event.offsetY * zoom).minus(vec2(canvas.width / 2, canvas.height / 2));
  };

  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const factor = 2 ** (event.deltaY / 400);
    center = center.plus(place(event).times(scale * (1 - factor)));
    scale *= factor;
    draw();
  });

  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons > 0) {
      const zoom = canvas.width / canvas.clientWidth;
      center = center.minus(vec2(event.movementX * zoom, event.movementY * zoom).times(scale));
      draw();
    }
  });
}
