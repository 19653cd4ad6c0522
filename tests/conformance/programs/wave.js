export const title = 'a wave in three dimensions with fixed borders';

export default async function ({ GPUInterface, dim, types }) {
  const size = [5, 6, 7];
  const gpu = await new GPUInterface({
    buffers: ['previous', 'now', 'next'].map((name) => ({ name, size })),
    uniforms: { c: 0.25 },
  }).initialize();
  const strike = await gpu.createKernel((inputs) => {
    inputs.buffers.now[2][3][3] = 1;
    inputs.buffers.previous[2][3][3] = 1;
  });
  const step = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    const z = inputs.threadId.z;
    const h = inputs.buffers.now[x][y][z];
    const sum =
      inputs.buffers.now[x - 1][y][z] + inputs.buffers.now[x + 1][y][z] + inputs.buffers.now[x][y - 1][z] +
      inputs.buffers.now[x][y + 1][z] + inputs.buffers.now[x][y][z - 1] + inputs.buffers.now[x][y][z + 1];
    inputs.buffers.next[x][y][z] = 2 * h - inputs.buffers.previous[x][y][z] + inputs.uniforms.c * (sum - 6 * h);
  });
  strike.run(1);
  for (let k = 0; k < 6; k++) {
    step.run(...size);
    gpu.copyBuffer('now', 'previous');
    gpu.copyBuffer('next', 'now');
  }
  await gpu.readBuffer('now');
}
