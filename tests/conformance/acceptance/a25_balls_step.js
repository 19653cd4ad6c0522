export const title = 'A25: one step of the bouncing balls';

export default async function ({ GPUInterface, canvas, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'positions', size: [4], initialData: [vec2(50, 40), vec2(10.5, 40), vec2(89.5, 79.9), vec2(5, 5)] },
      { name: 'velocities', size: [4], initialData: [vec2(10, -20), vec2(-20, 0), vec2(20, 5), vec2(3, 3)] },
    ],
    uniforms: { gravity: vec2(0, -9.81), radius: 10, dt: 0.1 },
    canvas: canvas(100, 90),
  }).initialize();
  const step = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const size = inputs.canvas.size;
    const r = inputs.uniforms.radius;
    let position = inputs.buffers.positions[i].plus(inputs.buffers.velocities[i].times(inputs.uniforms.dt));
    let velocity = inputs.buffers.velocities[i].plus(inputs.uniforms.gravity.times(inputs.uniforms.dt));
    if (position.x < r) {
      position.x = r;
      velocity.x *= -1;
    } else if (position.x > size.x - r) {
      position.x = size.x - r;
      velocity.x *= -1;
    }
    if (position.y < r) {
      position.y = r;
      velocity.y *= -1;
    } else if (position.y > size.y - r) {
      position.y = size.y - r;
      velocity.y *= -1;
    }
    inputs.buffers.positions[i] = position;
    inputs.buffers.velocities[i] = velocity;
  });
  step.run(4);
  await gpu.expect('positions', [51, 38, 10, 40, 90, 80, 10, 10], 'arithmetic');
  await gpu.expect('velocities', [10, -20.981, 20, -0.981, -20, -4.019, -3, -2.019], 'arithmetic');
}
