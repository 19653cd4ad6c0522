export const title = 'a linear system by Gauss-Jordan elimination with pivoting: two runs a column';

export default async function ({ GPUInterface, dim }) {
  const n = 7;
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n + 1 }, (_, j) => (i === j ? 0 : ((i * 5 + j * 3 + i * j) % 11) - 4)),
  );
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'rows', size: [n, n + 1], initialData: rows },
      { name: 'next', size: [n, n + 1] },
      { name: 'pivots', size: [n] },
      { name: 'solution', size: [n] },
    ],
    uniforms: { column: 0 },
  }).initialize();
  const findPivot = await gpu.createKernel((inputs) => {
    const column = inputs.uniforms.column;
    let best = column;
    for (let row = column + 1; row < dim(inputs.buffers.rows).x; row++) {
      if (Math.abs(inputs.buffers.rows[row][column]) > Math.abs(inputs.buffers.rows[best][column])) best = row;
    }
    inputs.buffers.pivots[column] = best;
  });
  const eliminate = await gpu.createKernel((inputs) => {
    const column = inputs.uniforms.column;
    const pivot = inputs.buffers.pivots[column];
    const row = inputs.threadId.x;
    const j = inputs.threadId.y;
    const scaled = inputs.buffers.rows[pivot][j] / inputs.buffers.rows[pivot][column];
    if (row === column) {
      inputs.buffers.next[row][j] = scaled;
      return;
    }
    const source = row === pivot ? column : row;
    inputs.buffers.next[row][j] = inputs.buffers.rows[source][j] - inputs.buffers.rows[source][column] * scaled;
  });
  const finish = await gpu.createKernel((inputs) => {
    inputs.buffers.solution[inputs.threadId.x] = inputs.buffers.rows[inputs.threadId.x][dim(inputs.buffers.solution)];
  });
  for (let column = 0; column < n; column++) {
    gpu.setUniforms({ column });
    findPivot.run(1);
    eliminate.run(n, n + 1);
    gpu.copyBuffer('next', 'rows');
  }
  finish.run(n);
  await gpu.readBuffer('pivots');
  await gpu.readBuffer('rows', { relative: 1e-3, absolute: 1e-4 });
  await gpu.readBuffer('solution', { relative: 1e-3, absolute: 1e-4 });
}
