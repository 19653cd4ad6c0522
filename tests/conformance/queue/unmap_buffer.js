export const title = 'unmapBuffer does nothing, any number of times, for any buffer there is';

export default async function ({ GPUInterface, fails }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [2], initialData: [1, 2] }] }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] *= 2;
  });
  gpu.unmapBuffer('a');
  kernel.run(2);
  await gpu.readBuffer('a');
  gpu.unmapBuffer('a');
  gpu.unmapBuffer('a');
  kernel.run(2);
  await gpu.readBuffer('a');
  kernel.run(2);
  await gpu.readBuffer('a');
  await fails(() => gpu.unmapBuffer('nothing'));
}
