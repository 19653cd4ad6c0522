export const title = 'the Poisson equation by red-black over-relaxation in place, and what is left of its residual';

export default async function ({ GPUInterface, dim, types }) {
  const [nx, ny] = [13, 10];
  const charge = Array.from({ length: nx }, (_, x) =>
    Array.from({ length: ny }, (_, y) => (x === 4 && y === 3 ? 1 : x === 9 && y === 6 ? -1 : 0)),
  );
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'charge', size: [nx, ny], initialData: charge },
      { name: 'potential', size: [nx, ny] },
      { name: 'residual', size: [nx] },
    ],
    uniforms: { isRed: true, omega: 1.6 },
  }).initialize();
  const relax = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x + 1;
    // Each thread finds the cell of its colour in a pair of neighbours.
    const y = 2 * inputs.threadId.y + ((x + (inputs.uniforms.isRed ? 0 : 1)) & 1) + 1;
    if (y >= dim(inputs.buffers.potential).y - 1) return;
    const around =
      inputs.buffers.potential[x - 1][y] + inputs.buffers.potential[x + 1][y] +
      inputs.buffers.potential[x][y - 1] + inputs.buffers.potential[x][y + 1];
    const relaxed = (around + inputs.buffers.charge[x][y]) / 4;
    inputs.buffers.potential[x][y] += inputs.uniforms.omega * (relaxed - inputs.buffers.potential[x][y]);
  });
  const measure = await gpu.createKernel((inputs) => {
    function at(x = types.number, y = types.number) {
      return inputs.buffers.potential[x][y];
    }
    const size = dim(inputs.buffers.potential);
    const x = inputs.threadId.x;
    let worst = 0;
    if (x > 0 && x < size.x - 1) {
      for (let y = 1; y < size.y - 1; y++) {
        const laplace = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
        worst = Math.max(worst, Math.abs(laplace + inputs.buffers.charge[x][y]));
      }
    }
    inputs.buffers.residual[x] = worst;
  });
  for (let sweep = 0; sweep < 12; sweep++) {
    for (const isRed of [true, false]) {
      gpu.setUniforms({ isRed });
      relax.run(nx - 2, ny / 2);
    }
  }
  measure.run(nx);
  await gpu.readBuffer('potential', { relative: 1e-3, absolute: 1e-6 });
  await gpu.readBuffer('residual', { relative: 1e-2, absolute: 1e-5 });
}
