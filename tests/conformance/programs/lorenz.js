export const title = 'the Lorenz attractor by Runge-Kutta: trails, and how far twins drift apart';

export default async function ({ GPUInterface, types, vec3, dim }) {
  const n = 12;
  const steps = 80;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'start', size: [n], initialData: Array.from({ length: n }, (_, i) => vec3(i - 6, 1 + i / 4, 20 + (i % 5))) },
      { name: 'trail', size: [n, steps], type: 'vec3' },
      { name: 'drift', size: [n] },
    ],
    uniforms: { parameters: vec3(10, 28, 8 / 3), dt: 0.01, apart: 0.5 },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function slope(p = types.vec3) {
      const k = inputs.uniforms.parameters;
      return vec3(k.x * (p.y - p.x), p.x * (k.y - p.z) - p.y, p.x * p.y - k.z * p.z);
    }
    function step(p = types.vec3, dt = types.number) {
      const k1 = slope(p);
      const k2 = slope(p.plus(k1.times(dt / 2)));
      const k3 = slope(p.plus(k2.times(dt / 2)));
      const k4 = slope(p.plus(k3.times(dt)));
      return p.plus(k1.plus(k2.plus(k3).times(2)).plus(k4).times(dt / 6));
    }
    let p = inputs.buffers.start[inputs.threadId.x];
    let twin = p.plus(vec3(inputs.uniforms.apart, 0, 0));
    let widest = 0;
    for (let i = 0; i < dim(inputs.buffers.trail).y; i++) {
      p = step(p, inputs.uniforms.dt);
      twin = step(twin, inputs.uniforms.dt);
      widest = Math.max(widest, p.dist(twin));
      inputs.buffers.trail[inputs.threadId.x][i] = p;
    }
    inputs.buffers.drift[inputs.threadId.x] = widest;
  });
  kernel.run(n);
  await gpu.readBuffer('trail', { relative: 1e-2, absolute: 1e-2 });
  await gpu.readBuffer('drift', { relative: 1e-2, absolute: 1e-2 });
}
