export const title = 'rule 110 with bit operators, one row a run';

export default async function ({ GPUInterface, dim }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'rows', size: [16, 33] }], uniforms: { row: 0 } }).initialize();
  const start = await gpu.createKernel((inputs) => {
    inputs.buffers.rows[0][32] = 1;
  });
  const step = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const above = inputs.uniforms.row - 1;
    const pattern =
      (inputs.buffers.rows[above][i - 1] << 2) | (inputs.buffers.rows[above][i] << 1) | inputs.buffers.rows[above][i + 1];
    inputs.buffers.rows[inputs.uniforms.row][i] = (110 >> pattern) & 1;
  });
  start.run(1);
  for (let row = 1; row < 16; row++) {
    gpu.setUniforms({ row });
    step.run(33);
  }
  await gpu.readBuffer('rows');
}
