// The product of two matrices: a thread for each element of the result.

import GPUInterface from 'hpc.js';

export const title = 'The product of matrices';

const N = 64;

export default async function main() {
  const rows = (element) => Array.from({ length: N }, (_, i) => Array.from({ length: N }, (_, j) => element(i, j)));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [N, N], initialData: rows((i, j) => (i + j) % 5) },
      { name: 'b', size: [N, N], initialData: rows((i, j) => (i * j) % 3) },
      { name: 'c', size: [N, N] },
    ],
    uniforms: { n: N },
  }).initialize();

  const multiply = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const j = inputs.threadId.y;
    let sum = 0;
    for (let k = 0; k < inputs.uniforms.n; k++) {
      sum += inputs.buffers.a[i][k] * inputs.buffers.b[k][j];
    }
    inputs.buffers.c[i][j] = sum;
  });

  multiply.run(N, N);
  const c = await gpu.readBuffer('c');
  // Rows follow one another: the element at [i][j] is number i * N + j.
  console.log('c[2][4] is', c[2 * N + 4]);
  return c.slice(0, 8);
}
