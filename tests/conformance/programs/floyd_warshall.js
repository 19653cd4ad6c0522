export const title = 'shortest paths between all pairs, one middle a run';

export default async function ({ GPUInterface }) {
  const n = 10;
  const gpu = await new GPUInterface({
    buffers: [
      {
        name: 'd',
        size: [n, n],
        initialData: Array.from({ length: n }, (_, i) =>
          Array.from({ length: n }, (_, j) => (i === j ? 0 : (i * 3 + j * 7) % 5 === 0 ? ((i * 5 + j) % 9) + 1 : Infinity)),
        ),
      },
    ],
    uniforms: { k: 0 },
  }).initialize();
  const step = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const j = inputs.threadId.y;
    const k = inputs.uniforms.k;
    const through = inputs.buffers.d[i][k] + inputs.buffers.d[k][j];
    if (through < inputs.buffers.d[i][j]) inputs.buffers.d[i][j] = through;
  });
  for (let k = 0; k < n; k++) {
    gpu.setUniforms({ k });
    step.run(n, n);
  }
  await gpu.readBuffer('d', 'exact');
}
