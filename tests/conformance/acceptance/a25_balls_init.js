export const title = 'A25: random positions, velocities and colours lie in their ranges';

export default async function ({ GPUInterface, canvas, vec2, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'positions', size: [300], type: 'vec2' },
      { name: 'velocities', size: [300], type: 'vec2' },
      { name: 'colors', size: [300], type: 'vec3' },
      { name: 'fine', size: [300] },
    ],
    canvas: canvas(100, 90),
  }).initialize();
  const init = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.positions[i] = vec2(Math.random(), Math.random()).times(inputs.canvas.size);
    inputs.buffers.velocities[i] = vec2(Math.random() - 0.5, Math.random() - 0.5).times(100);
    inputs.buffers.colors[i] = vec3(Math.random(), Math.random(), Math.random()).times(255);
  });
  const judge = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const p = inputs.buffers.positions[i];
    const v = inputs.buffers.velocities[i].abs();
    const c = inputs.buffers.colors[i];
    let fine = p.x >= 0 && p.x <= 100 && p.y >= 0 && p.y <= 90 && v.x <= 50 && v.y <= 50;
    fine = fine && c.x >= 0 && c.x <= 255 && c.y >= 0 && c.y <= 255 && c.z >= 0 && c.z <= 255;
    for (let j = 0; j < i; j++) {
      const q = inputs.buffers.positions[j];
      if (q.x === p.x && q.y === p.y) fine = false;
    }
    inputs.buffers.fine[i] = fine ? 1 : 0;
  });
  init.run(300);
  judge.run(300);
  await gpu.readBuffer('fine');
}
