export const title = 'five bodies attract each other for 20 steps';

export default async function ({ GPUInterface, vec3, dim }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'position', size: [5], initialData: [vec3(0, 0, 0), vec3(4, 0, 1), vec3(0, 5, -1), vec3(-3, -3, 0), vec3(2, -4, 3)] },
      { name: 'velocity', size: [5], initialData: [vec3(0, 0, 0), vec3(0, 1, 0), vec3(-1, 0, 0), vec3(0.5, -0.5, 0), vec3(0, 0, 0.5)] },
      { name: 'mass', size: [5], initialData: [10, 1, 2, 0.5, 1] },
    ],
    uniforms: { dt: 0.05, softening: 0.5 },
  }).initialize();
  const accelerate = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const p = inputs.buffers.position[i];
    let force = vec3(0, 0, 0);
    for (let j = 0; j < dim(inputs.buffers.position); j++) {
      if (j === i) continue;
      const away = inputs.buffers.position[j].minus(p);
      const r2 = away.dot(away) + inputs.uniforms.softening;
      force = force.plus(away.times(inputs.buffers.mass[j] / (r2 * Math.sqrt(r2))));
    }
    inputs.buffers.velocity[i] = inputs.buffers.velocity[i].plus(force.times(inputs.uniforms.dt));
  });
  const move = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.position[i] = inputs.buffers.position[i].plus(inputs.buffers.velocity[i].times(inputs.uniforms.dt));
  });
  for (let k = 0; k < 20; k++) {
    accelerate.run(5);
    move.run(5);
  }
  await gpu.readBuffer('position', { relative: 1e-4, absolute: 1e-4 });
  await gpu.readBuffer('velocity', { relative: 1e-4, absolute: 1e-4 });
}
