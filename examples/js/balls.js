// Balls fall and bounce off the edges of the canvas. Pixel (0, 0) is at the top left, so gravity points to larger y.

import GPUInterface, { vec2, vec3 } from 'hpc.js';

export default async function balls(canvas, count = 300) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'positions', size: [count], type: 'vec2' },
      { name: 'velocities', size: [count], type: 'vec2' },
      { name: 'colors', size: [count], type: 'vec3' },
    ],
    uniforms: { gravity: vec2(0, 9.81), radius: 10, dt: 0.1 },
    canvas,
  }).initialize();

  const init = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.positions[i] = vec2(Math.random(), Math.random()).times(inputs.canvas.size);
    inputs.buffers.velocities[i] = vec2(Math.random() - 0.5, Math.random() - 0.5).times(100);
    inputs.buffers.colors[i] = vec3(Math.random(), Math.random(), Math.random()).times(255);
  });

  const step = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const dt = inputs.uniforms.dt;
    const low = inputs.uniforms.radius;
    const high = inputs.canvas.size.minus(vec2(low));

    let position = inputs.buffers.positions[i].plus(inputs.buffers.velocities[i].times(dt));
    let velocity = inputs.buffers.velocities[i].plus(inputs.uniforms.gravity.times(dt));

    if (position.x < low) {
      position.x = low;
      velocity.x *= -1;
    } else if (position.x > high.x) {
      position.x = high.x;
      velocity.x *= -1;
    }
    if (position.y < low) {
      position.y = low;
      velocity.y *= -1;
    } else if (position.y > high.y) {
      position.y = high.y;
      velocity.y *= -1;
    }

    inputs.buffers.positions[i] = position;
    inputs.buffers.velocities[i] = velocity;
  });

  const clear = await gpu.createKernel((inputs) => {
    inputs.canvas.setPixel(inputs.threadId.xy, 32, 32, 32);
  });

  const draw = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const r = inputs.uniforms.radius;
    for (let dx = -r; dx <= r; dx++) {
      for (let dy = -r; dy <= r; dy++) {
        if (dx ** 2 + dy ** 2 < r ** 2) {
          inputs.canvas.setPixel(inputs.buffers.positions[i].plus(vec2(dx, dy)), inputs.buffers.colors[i]);
        }
      }
    }
  });

  init.run(count);
  return {
    gpu,

    step() {
      step.run(count);
    },

    // Without clearing, the balls leave trails.
    draw({ trails = false } = {}) {
      if (!trails) {
        clear.run(canvas.width, canvas.height);
      }
      draw.run(count);
      gpu.updateCanvas();
    },
  };
}
