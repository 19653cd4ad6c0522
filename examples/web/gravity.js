// Bodies that attract each other: each thread adds up the pull of all others on its body.

import GPUInterface, { dim, vec2 } from 'hpc.js';

export const title = 'Gravity';

const COUNT = 512;

export default async function main({ canvas }) {
  canvas.width = 720;
  canvas.height = 480;

  const gpu = await new GPUInterface({
    canvas,
    buffers: [
      { name: 'positions', type: 'vec2', size: [COUNT] },
      { name: 'velocities', type: 'vec2', size: [COUNT] },
    ],
    uniforms: { dt: 0.3, softness: 30 },
  }).initialize();

  // Two discs side by side, each turning.
  const initialize = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const side = i % 2 === 0 ? -1 : 1;
    const angle = i * 2.39996;
    const distance = 3 * Math.sqrt(i);
    const turn = vec2(Math.cos(angle), Math.sin(angle));
    inputs.buffers.positions[i] = inputs.canvas.size.div(2).plus(vec2(140 * side, 0)).plus(turn.times(distance));
    inputs.buffers.velocities[i] = vec2(-turn.y, turn.x).times(0.045 * distance).plus(vec2(0, 1.2 * side));
  });

  const pull = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const position = inputs.buffers.positions[i];
    let force = vec2(0, 0);
    for (let j = 0; j < dim(inputs.buffers.positions); j++) {
      const away = inputs.buffers.positions[j].minus(position);
      const square = away.dot(away) + inputs.uniforms.softness;
      force = force.plus(away.times(1 / (square * Math.sqrt(square))));
    }
    inputs.buffers.velocities[i] = inputs.buffers.velocities[i].plus(force.times(4 * inputs.uniforms.dt));
  });

  const move = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const way = inputs.buffers.velocities[i].times(inputs.uniforms.dt);
    inputs.buffers.positions[i] = inputs.buffers.positions[i].plus(way);
  });

  const fade = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.xy, 12, 14, 20);
  });

  const draw = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const speed = inputs.buffers.velocities[i].length();
    const place = inputs.buffers.positions[i];
    for (let dx = 0; dx < 2; dx++) {
      for (let dy = 0; dy < 2; dy++) {
        inputs.canvas.setPixel(place.plus(vec2(dx, dy)), 120 + 30 * speed, 170 + 10 * speed, 255);
      }
    }
  });

  initialize.run(COUNT);
  const frame = () => {
    pull.run(COUNT);
    move.run(COUNT);
    fade.run(canvas.width, canvas.height);
    draw.run(COUNT);
    gpu.updateCanvas();
    requestAnimationFrame(frame);
  };
  frame();
}
