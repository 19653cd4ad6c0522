export const title = 'lattice Boltzmann D2Q9: collide and stream on a periodic grid';

export default async function ({ GPUInterface, array, vec2, dim }) {
  const nx = 6;
  const ny = 5;
  const weights = [4 / 9, 1 / 9, 1 / 9, 1 / 9, 1 / 9, 1 / 36, 1 / 36, 1 / 36, 1 / 36];
  const start = Array.from({ length: nx }, (_, x) =>
    Array.from({ length: ny }, (_, y) => weights.map((w, k) => w * (1 + 0.02 * ((x * 3 + y * 5 + k) % 7)))),
  );
  const gpu = await new GPUInterface({
    buffers: [{ name: 'f', size: [nx, ny, 9], initialData: start }, { name: 'g', size: [nx, ny, 9] }],
    uniforms: { omega: 1.2 },
  }).initialize();
  const step = await gpu.createKernel((inputs) => {
    const e = array([
      vec2(0, 0), vec2(1, 0), vec2(0, 1), vec2(-1, 0), vec2(0, -1), vec2(1, 1), vec2(-1, 1), vec2(-1, -1), vec2(1, -1),
    ]);
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    const size = dim(inputs.buffers.f);
    let rho = 0;
    let u = vec2(0, 0);
    for (let k = 0; k < 9; k++) {
      const f = inputs.buffers.f[x][y][k];
      rho += f;
      u = u.plus(e[k].times(f));
    }
    u = u.div(rho);
    for (let k = 0; k < 9; k++) {
      const weight = k === 0 ? 4 / 9 : k < 5 ? 1 / 9 : 1 / 36;
      const eu = e[k].dot(u);
      const equilibrium = weight * rho * (1 + 3 * eu + 4.5 * eu * eu - 1.5 * u.dot(u));
      const f = inputs.buffers.f[x][y][k];
      const tx = (x + e[k].x + size.x) % size.x;
      const ty = (y + e[k].y + size.y) % size.y;
      inputs.buffers.g[tx][ty][k] = f + inputs.uniforms.omega * (equilibrium - f);
    }
  });
  for (let k = 0; k < 10; k++) {
    step.run(nx, ny);
    gpu.copyBuffer('g', 'f');
  }
  await gpu.readBuffer('f', { relative: 1e-4, absolute: 1e-6 });
}
