// Balls that fall, and bounce off the walls.

import GPUInterface, { vec2, vec3 } from 'hpc.js';

export const title = 'Bouncing balls';

const COUNT = 300;

export default async function main({ canvas }) {
  canvas.width = 720;
  canvas.height = 400;

  // #region interface
  const gpu = await new GPUInterface({
    canvas,
    buffers: [
      { name: 'positions', type: 'vec2', size: [COUNT] },
      { name: 'velocities', type: 'vec2', size: [COUNT] },
      { name: 'colors', type: 'vec3', size: [COUNT] },
    ],
    uniforms: { gravity: vec2(0, 9.81), radius: 8, dt: 0.1 },
  }).initialize();
  // #endregion interface

  // #region initialize
  const initialize = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.positions[i] = vec2(
      Math.random() * inputs.canvas.size.x,
      Math.random() * inputs.canvas.size.y,
    );
    inputs.buffers.velocities[i] = vec2(Math.random() * 100 - 50, Math.random() * 100 - 50);
    inputs.buffers.colors[i] = vec3(Math.random() * 255, Math.random() * 255, Math.random() * 255);
  });
  // #endregion initialize

  // #region update
  const update = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const radius = inputs.uniforms.radius;
    const dt = inputs.uniforms.dt;

    let position = inputs.buffers.positions[i].plus(inputs.buffers.velocities[i].times(dt));
    let velocity = inputs.buffers.velocities[i].plus(inputs.uniforms.gravity.times(dt));

    if (position.x < radius) {
      position.x = radius;
      velocity.x *= -1;
    } else if (position.x > inputs.canvas.size.x - radius) {
      position.x = inputs.canvas.size.x - radius;
      velocity.x *= -1;
    }

    if (position.y < radius) {
      position.y = radius;
      velocity.y *= -1;
    } else if (position.y > inputs.canvas.size.y - radius) {
      position.y = inputs.canvas.size.y - radius;
      velocity.y *= -1;
    }

    inputs.buffers.positions[i] = position;
    inputs.buffers.velocities[i] = velocity;
  });
  // #endregion update

  // #region draw
  const clear = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.xy, 24, 26, 32);
  });

  const draw = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const center = inputs.buffers.positions[i];
    const radius = inputs.uniforms.radius;
    for (let dx = -radius; dx <= radius; dx++) {
      for (let dy = -radius; dy <= radius; dy++) {
        if (dx ** 2 + dy ** 2 < radius ** 2) {
          inputs.canvas.setPixel(center.plus(vec2(dx, dy)), inputs.buffers.colors[i]);
        }
      }
    }
  });
  // #endregion draw

  // #region loop
  initialize.run(COUNT);
  const frame = () => {
    update.run(COUNT);
    clear.run(canvas.width, canvas.height);
    draw.run(COUNT);
    gpu.updateCanvas();
    requestAnimationFrame(frame);
  };
  frame();
  // #endregion loop
}
