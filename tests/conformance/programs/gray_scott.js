export const title = 'Gray-Scott reaction and diffusion, 40 steps';

export default async function ({ GPUInterface, vec2, dim, types }) {
  const n = 12;
  const start = Array.from({ length: n }, (_, x) =>
    Array.from({ length: n }, (_, y) => (x > 3 && x < 8 && y > 4 && y < 8 ? vec2(0.5, 0.25) : vec2(1, 0))),
  );
  const gpu = await new GPUInterface({
    buffers: [{ name: 'uv', size: [n, n], initialData: start }, { name: 'next', size: [n, n], type: 'vec2' }],
    uniforms: { feed: 0.037, kill: 0.06, diffusion: vec2(0.2, 0.1) },
  }).initialize();
  const step = await gpu.createKernel((inputs) => {
    function at(x = types.number, y = types.number) {
      const n = dim(inputs.buffers.uv).x;
      return inputs.buffers.uv[(x + n) % n][(y + n) % n];
    }
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    const c = at(x, y);
    const laplace = at(x - 1, y).plus(at(x + 1, y)).plus(at(x, y - 1)).plus(at(x, y + 1)).minus(c.times(4));
    const reaction = c.x * c.y * c.y;
    let change = inputs.uniforms.diffusion.times(laplace);
    change.x += -reaction + inputs.uniforms.feed * (1 - c.x);
    change.y += reaction - (inputs.uniforms.feed + inputs.uniforms.kill) * c.y;
    inputs.buffers.next[x][y] = c.plus(change);
  });
  for (let k = 0; k < 40; k++) {
    step.run(n, n);
    gpu.copyBuffer('next', 'uv');
  }
  await gpu.readBuffer('uv', { relative: 1e-3, absolute: 1e-5 });
}
