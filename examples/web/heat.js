// Heat that spreads over a plate. Drag to heat it around the mouse, with the right button to cool it.

import GPUInterface, { dim, types, vec2 } from 'hpc.js';

export const title = 'Heat under the mouse';

const WIDTH = 360;
const HEIGHT = 200;

export default async function main({ canvas }) {
  canvas.width = 2 * WIDTH;
  canvas.height = 2 * HEIGHT;

  // #region interface
  const gpu = await new GPUInterface({
    canvas,
    buffers: [
      { name: 'heat', size: [WIDTH, HEIGHT] },
      { name: 'next', size: [WIDTH, HEIGHT] },
    ],
    uniforms: { mouse: vec2(WIDTH / 2, HEIGHT / 2), button: 1, radius: 20 },
  }).initialize();
  // #endregion interface

  // #region diffuse
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
    if (inputs.uniforms.button > 0 && inputs.uniforms.mouse.dist(cell) < inputs.uniforms.radius) {
      // The first button heats, the second one cools.
      inputs.buffers.next[cell] = inputs.uniforms.button === 1 ? 1 : 0;
      return;
    }

    let total = 0;
    total += flow(cell, cell.plus(vec2(1, 0)));
    total += flow(cell, cell.plus(vec2(-1, 0)));
    total += flow(cell, cell.plus(vec2(0, 1)));
    total += flow(cell, cell.plus(vec2(0, -1)));
    inputs.buffers.next[cell] = inputs.buffers.heat[cell] + 0.25 * total;
  });
  // #endregion diffuse

  // #region draw
  const draw = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const heat = inputs.buffers.heat[pixel.div(2).floor()];
    inputs.canvas.setPixel(pixel, 255 * Math.min(1, 3 * heat), 255 * Math.min(1, 2 * heat * heat), 96 * heat + 24);
  });
  // #endregion draw

  // #region mouse
  const follow = (event) => {
    const zoom = WIDTH / canvas.clientWidth;
    gpu.setUniforms({
      mouse: vec2(event.offsetX * zoom, event.offsetY * zoom),
      // 1 is the left button, 2 the right one, 3 both.
      button: Math.min(event.buttons, 2),
    });
  };
  for (const kind of ['pointerdown', 'pointermove', 'pointerup']) {
    canvas.addEventListener(kind, follow);
  }
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  // #endregion mouse

  // #region loop
  const frame = () => {
    for (let step = 0; step < 4; step++) {
      diffuse.run(WIDTH, HEIGHT);
      gpu.copyBuffer('next', 'heat');
    }
    draw.run(canvas.width, canvas.height);
    gpu.updateCanvas();
    requestAnimationFrame(frame);
  };
  frame();
  gpu.setUniforms({ button: 0 });
  // #endregion loop
}
