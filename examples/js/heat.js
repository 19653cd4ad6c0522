// Heat spreads over a plate; the mouse heats it with one button and cools it with another.

import GPUInterface, { dim, vec2 } from 'hpc.js';

export default async function heat(canvas, size = [900, 500]) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'heat', size },
      { name: 'heatcopy', size },
    ],
    uniforms: { mouse: vec2(0, 0), button: 0, radius: 30 },
    canvas,
  }).initialize();

  const diffuse = await gpu.createKernel((inputs) => {
    const cell = inputs.threadId.xy;
    const size = dim(inputs.buffers.heat);

    if (cell.dist(inputs.uniforms.mouse) < inputs.uniforms.radius) {
      if (inputs.uniforms.button === 1) {
        inputs.buffers.heatcopy[cell] = 1;
        return;
      }
      if (inputs.uniforms.button === 2) {
        inputs.buffers.heatcopy[cell] = 0;
        return;
      }
    }

    const here = inputs.buffers.heat[cell];
    let change = 0;
    if (cell.x > 0) change += inputs.buffers.heat[cell.minus(vec2(1, 0))] - here;
    if (cell.x < size.x - 1) change += inputs.buffers.heat[cell.plus(vec2(1, 0))] - here;
    if (cell.y > 0) change += inputs.buffers.heat[cell.minus(vec2(0, 1))] - here;
    if (cell.y < size.y - 1) change += inputs.buffers.heat[cell.plus(vec2(0, 1))] - here;
    inputs.buffers.heatcopy[cell] = here + 0.25 * change;
  });

  const draw = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const cell = pixel.times(dim(inputs.buffers.heat).div(inputs.canvas.size)).floor();
    const grey = 255 * inputs.buffers.heat[cell];
    inputs.canvas.setPixel(pixel, grey, grey, grey);
  });

  return {
    gpu,

    // The mouse's cell, the button pressed (0, 1 or 2) and the radius, in cells.
    setUniforms(uniforms) {
      gpu.setUniforms(uniforms);
    },

    step() {
      diffuse.run(size[0], size[1]);
      gpu.copyBuffer('heatcopy', 'heat');
    },

    draw() {
      draw.run(canvas.width, canvas.height);
      gpu.updateCanvas();
    },
  };
}
