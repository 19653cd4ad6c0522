export const title = 'a thousand runs without waiting';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [2] }] }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] += inputs.threadId.x + 1;
  });
  for (let k = 0; k < 1000; k++) {
    kernel.run(2);
  }
  await gpu.readBuffer('a');
}
