export const title = 'smoothed particles: densities, pressures and a step';

export default async function ({ GPUInterface, vec2, types, dim }) {
  const particles = Array.from({ length: 16 }, (_, i) => vec2((i % 4) * 0.7 + (i * 7 % 5) * 0.05, Math.floor(i / 4) * 0.7));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'position', size: [16], initialData: particles },
      { name: 'velocity', size: [16], type: 'vec2' },
      { name: 'density', size: [16] },
    ],
    uniforms: { radius: 1.5, stiffness: 2, gravity: vec2(0, 1) },
  }).initialize();
  const density = await gpu.createKernel((inputs) => {
    function kernel(distance = types.number) {
      const q = inputs.uniforms.radius ** 2 - distance ** 2;
      return q > 0 ? q ** 3 : 0;
    }
    let sum = 0;
    for (let j = 0; j < dim(inputs.buffers.position); j++) {
      sum += kernel(inputs.buffers.position[inputs.threadId.x].dist(inputs.buffers.position[j]));
    }
    inputs.buffers.density[inputs.threadId.x] = sum;
  });
  const force = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const p = inputs.buffers.position[i];
    let f = inputs.uniforms.gravity;
    for (let j = 0; j < dim(inputs.buffers.position); j++) {
      const away = p.minus(inputs.buffers.position[j]);
      const distance = away.length();
      if (j !== i && distance < inputs.uniforms.radius) {
        const pressure = inputs.uniforms.stiffness * (inputs.buffers.density[i] + inputs.buffers.density[j] - 20);
        f = f.plus(away.normalized().times((pressure * (inputs.uniforms.radius - distance)) / inputs.buffers.density[j]));
      }
    }
    inputs.buffers.velocity[i] = f.times(0.02);
  });
  density.run(16);
  force.run(16);
  await gpu.readBuffer('density', { relative: 1e-4, absolute: 1e-4 });
  await gpu.readBuffer('velocity', { relative: 1e-3, absolute: 1e-4 });
}
