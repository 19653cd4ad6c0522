export const title = 'the distance of two texts by Levenshtein, along antidiagonals';

export default async function ({ GPUInterface, dim }) {
  const codes = (text) => Array.from(text, (c) => c.charCodeAt(0));
  const [a, b] = ['the quick brown fox', 'a thick crown of wax'].map(codes);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [a.length], initialData: a },
      { name: 'b', size: [b.length], initialData: b },
      { name: 'table', size: [a.length + 1, b.length + 1] },
    ],
    uniforms: { diagonal: 0 },
  }).initialize();
  const fill = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const j = inputs.uniforms.diagonal - i;
    if (j < 0 || j > dim(inputs.buffers.b)) return;
    let distance = Math.max(i, j);
    if (i > 0 && j > 0) {
      const edit = inputs.buffers.a[i - 1] === inputs.buffers.b[j - 1] ? 0 : 1;
      distance = Math.min(
        inputs.buffers.table[i - 1][j] + 1,
        inputs.buffers.table[i][j - 1] + 1,
        inputs.buffers.table[i - 1][j - 1] + edit,
      );
    }
    inputs.buffers.table[i][j] = distance;
  });
  for (let diagonal = 0; diagonal <= a.length + b.length; diagonal++) {
    gpu.setUniforms({ diagonal });
    fill.run(a.length + 1);
  }
  await gpu.readBuffer('table');
}
