// Doubles four numbers: the first program.

import GPUInterface from 'hpc.js';

export default async function double() {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'mybuffer', size: [4], initialData: [1, 2, 3, 4] }],
  }).initialize();

  const kernel = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.mybuffer[i] = inputs.buffers.mybuffer[i] * 2;
  });

  kernel.run(4);
  return gpu.readBuffer('mybuffer'); // 2, 4, 6, 8
}
