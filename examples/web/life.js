// Conway's Game of Life. Drag to bring cells to life.

import GPUInterface, { dim, types, vec2 } from 'hpc.js';

export const title = 'The Game of Life';

const WIDTH = 180;
const HEIGHT = 120;
const ZOOM = 4;

export default async function main({ canvas }) {
  canvas.width = ZOOM * WIDTH;
  canvas.height = ZOOM * HEIGHT;

  const gpu = await new GPUInterface({
    canvas,
    buffers: [
      { name: 'cells', size: [WIDTH, HEIGHT] },
      { name: 'next', size: [WIDTH, HEIGHT] },
    ],
    uniforms: { pen: vec2(-1, -1), zoom: ZOOM },
  }).initialize();

  const scatter = await gpu.createKernel((inputs) => {
    const cell = inputs.threadId.xy;
    inputs.buffers.cells[cell] = (cell.x * cell.x + 3 * cell.y * cell.x + cell.y) % 7 < 2 ? 1 : 0;
  });

  const live = await gpu.createKernel((inputs) => {
    // The plate is a torus: what leaves it on one side comes back on the other.
    function at(x = types.number, y = types.number) {
      const size = dim(inputs.buffers.cells);
      return inputs.buffers.cells[(x + size.x) % size.x][(y + size.y) % size.y];
    }

    const cell = inputs.threadId.xy;
    let neighbours = -at(cell.x, cell.y);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        neighbours += at(cell.x + dx, cell.y + dy);
      }
    }

    const lives = neighbours === 3 || (neighbours === 2 && at(cell.x, cell.y) === 1);
    const isTouched = inputs.uniforms.pen.dist(cell) < 3;
    inputs.buffers.next[cell] = lives || isTouched ? 1 : 0;
  });

  const draw = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const cell = pixel.div(inputs.uniforms.zoom).floor();
    if (inputs.buffers.cells[cell] === 1) {
      inputs.canvas.setPixel(pixel, 120, 220, 160);
    } else {
      inputs.canvas.setPixel(pixel, 20, 28, 36);
    }
  });

  canvas.addEventListener('pointermove', (event) => {
    const zoom = WIDTH / canvas.clientWidth;
    gpu.setUniforms({ pen: event.buttons > 0 ? vec2(event.offsetX * zoom, event.offsetY * zoom) : vec2(-9, -9) });
  });

  scatter.run(WIDTH, HEIGHT);
  const frame = () => {
    live.run(WIDTH, HEIGHT);
    gpu.copyBuffer('next', 'cells');
    draw.run(canvas.width, canvas.height);
    gpu.updateCanvas();
    requestAnimationFrame(frame);
  };
  frame();
}
