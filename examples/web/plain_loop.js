// The same computation as a loop on the host and as a kernel.

import GPUInterface from 'hpc.js';

export const title = 'A loop, and a kernel';

export default async function main() {
  const start = [1, 4, 9, 16, 25, 36, 49, 64];

  // #region loop
  const roots = start.slice();
  for (let i = 0; i < roots.length; i++) {
    roots[i] = Math.sqrt(roots[i]);
  }
  // #endregion loop

  const gpu = await new GPUInterface({
    buffers: [{ name: 'numbers', size: [8], initialData: start }],
  }).initialize();

  // #region kernel
  const root = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.numbers[i] = Math.sqrt(inputs.buffers.numbers[i]);
  });
  root.run(8);
  // #endregion kernel

  console.log('the loop:', roots);
  console.log('the kernel:', await gpu.readBuffer('numbers'));
}
