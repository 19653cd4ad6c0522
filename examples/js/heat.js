// Heat that spreads over a plate. Button 1 heats the plate around the mouse, button 2 cools it.

import GPUInterface, { dim, types, vec2 } from 'hpc.js';

export const title = 'Heat simulation';

export default async function main({ canvas, width = 900, height = 500, strokes, stepsPerStroke = 100, radius = 30 }) {
  const gpu = await new GPUInterface({
    canvas,
    buffers: [
      { name: 'heat', size: [width, height] },
      { name: 'heatcopy', size: [width, height] },
    ],
    uniforms: { mouse: vec2(0, 0), button: 0, radius },
  }).initialize();

  const diffuse = await gpu.createKernel((inputs) => {
    // How much heat flows from a neighbour to a cell; nothing flows over the edge.
    function flow(cell = types.vec2, neighbour = types.vec2) {
      const size = dim(inputs.buffers.heat);
      if (neighbour.x < 0 || neighbour.y < 0 || neighbour.x >= size.x || neighbour.y >= size.y) {
        return 0;
      }
      return inputs.buffers.heat[neighbour] - inputs.buffers.heat[cell];
    }

    const cell = inputs.threadId.xy;
    if (inputs.uniforms.mouse.dist(cell) < inputs.uniforms.radius) {
      if (inputs.uniforms.button === 1) {
        inputs.buffers.heatcopy[cell] = 1;
        return;
      }
      if (inputs.uniforms.button === 2) {
        inputs.buffers.heatcopy[cell] = 0;
        return;
      }
    }

    let total = 0;
    total += flow(cell, cell.plus(vec2(1, 0)));
    total += flow(cell, cell.plus(vec2(-1, 0)));
    total += flow(cell, cell.plus(vec2(0, 1)));
    total += flow(cell, cell.plus(vec2(0, -1)));
    inputs.buffers.heatcopy[cell] = inputs.buffers.heat[cell] + 0.25 * total;
  });

  const draw = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const ratio = dim(inputs.buffers.heat).div(inputs.canvas.size);
    const cell = vec2(pixel.x * ratio.x, pixel.y * ratio.y).floor();
    const grey = 255 * inputs.buffers.heat[cell];
    inputs.canvas.setPixel(pixel, grey, grey, grey);
  });

  // Each stroke holds a mouse button at one place: { mouse, button }.
  for (const stroke of strokes) {
    gpu.setUniforms(stroke);
    for (let step = 0; step < stepsPerStroke; step++) {
      diffuse.run(width, height);
      gpu.copyBuffer('heatcopy', 'heat');
    }
  }
  draw.run(canvas.width, canvas.height);
  gpu.updateCanvas();
  return gpu;
}
