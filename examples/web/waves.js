// Waves on water. Move the mouse over it.

import GPUInterface, { vec2 } from 'hpc.js';

export const title = 'Waves';

const WIDTH = 360;
const HEIGHT = 240;

export default async function main({ canvas }) {
  canvas.width = 2 * WIDTH;
  canvas.height = 2 * HEIGHT;

  const gpu = await new GPUInterface({
    canvas,
    buffers: [
      { name: 'before', size: [WIDTH, HEIGHT] },
      { name: 'now', size: [WIDTH, HEIGHT] },
      { name: 'next', size: [WIDTH, HEIGHT] },
    ],
    uniforms: { finger: vec2(WIDTH / 3, HEIGHT / 2), force: 1.5 },
  }).initialize();

  // The height of a place follows from its height before and its neighbours' now; outside of the buffer it is 0.
  const move = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    const here = inputs.buffers.now[x][y];
    const around =
      inputs.buffers.now[x - 1][y] +
      inputs.buffers.now[x + 1][y] +
      inputs.buffers.now[x][y - 1] +
      inputs.buffers.now[x][y + 1];
    let height = 2 * here - inputs.buffers.before[x][y] + 0.25 * (around - 4 * here);
    height += inputs.uniforms.force * Math.exp(-((inputs.uniforms.finger.dist(inputs.threadId.xy) / 5) ** 2));
    inputs.buffers.next[x][y] = 0.995 * height;
  });

  // The slope of the water decides how much light it sends to us.
  const draw = await gpu.createKernel((inputs) => {
    const pixel = inputs.threadId.xy;
    const place = pixel.div(2).floor();
    const slope = inputs.buffers.now[place] - inputs.buffers.now[place.plus(vec2(1, 1))];
    const light = Math.max(0, Math.min(1, 0.4 + 0.6 * slope));
    inputs.canvas.setPixel(pixel, 20 + 120 * light * light, 60 + 140 * light, 110 + 145 * light);
  });

  canvas.addEventListener('pointermove', (event) => {
    const zoom = WIDTH / canvas.clientWidth;
    gpu.setUniforms({ finger: vec2(event.offsetX * zoom, event.offsetY * zoom), force: 0.5 });
  });

  const frame = () => {
    for (let step = 0; step < 2; step++) {
      move.run(WIDTH, HEIGHT);
      gpu.copyBuffer('now', 'before');
      gpu.copyBuffer('next', 'now');
      gpu.setUniforms({ force: 0 });
    }
    draw.run(canvas.width, canvas.height);
    gpu.updateCanvas();
    requestAnimationFrame(frame);
  };
  frame();
}
