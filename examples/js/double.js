// The first program: doubles every number of a buffer.

import GPUInterface from 'hpc.js';

export const title = 'The first program: doubling';

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'mybuffer', size: [4], initialData: [1, 2, 3, 4] }],
  }).initialize();

  const double = await gpu.createKernel((inputs) => {
    inputs.buffers.mybuffer[inputs.threadId.x] *= 2;
  });

  double.run(4);
  return gpu.readBuffer('mybuffer'); // Float32Array [2, 4, 6, 8]
}
