export const title = 'the Ising model: Metropolis on a checkerboard, with a hash for dice';

export default async function ({ GPUInterface, dim, types }) {
  const n = 16;
  const spins = Array.from({ length: n }, (_, x) => Array.from({ length: n }, (_, y) => ((x * 7 + y * 13) % 3 ? 1 : -1)));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'spins', size: [n, n], initialData: spins },
      { name: 'magnetization', size: [n] },
    ],
    uniforms: { sweep: 0, parity: 0, temperature: 2.6 },
  }).initialize();
  const flip = await gpu.createKernel((inputs) => {
    function dice(x = types.number, y = types.number, sweep = types.number) {
      let h = Math.imul(x + 1, 73856093) ^ Math.imul(y + 1, 19349663) ^ Math.imul(sweep + 1, 83492791);
      h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
      h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
      return ((h ^ (h >>> 15)) >>> 8) / 2 ** 24;
    }
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    if ((x + y) % 2 !== inputs.uniforms.parity) return;
    const last = dim(inputs.buffers.spins).x - 1;
    const spin = inputs.buffers.spins[x][y];
    const field =
      inputs.buffers.spins[x === 0 ? last : x - 1][y] + inputs.buffers.spins[x === last ? 0 : x + 1][y] +
      inputs.buffers.spins[x][y === 0 ? last : y - 1] + inputs.buffers.spins[x][y === last ? 0 : y + 1];
    const cost = 2 * spin * field;
    if (cost <= 0 || dice(x, y, inputs.uniforms.sweep) < Math.exp(-cost / inputs.uniforms.temperature)) {
      inputs.buffers.spins[x][y] = -spin;
    }
  });
  const sum = await gpu.createKernel((inputs) => {
    let total = 0;
    for (let y = 0; y < dim(inputs.buffers.spins[0]); y++) total += inputs.buffers.spins[inputs.threadId.x][y];
    inputs.buffers.magnetization[inputs.threadId.x] = total;
  });
  for (let sweep = 0; sweep < 10; sweep++) {
    gpu.setUniforms({ sweep, parity: 0 });
    flip.run(n, n);
    gpu.setUniforms({ parity: 1 });
    flip.run(n, n);
  }
  sum.run(n);
  await gpu.readBuffer('spins');
  await gpu.readBuffer('magnetization');
}
