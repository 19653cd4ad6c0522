export const title = 'A2: element i becomes i, also beyond 65,535 threads';

export default async function ({ GPUInterface }) {
  for (const size of [12, 100000]) {
    const gpu = await new GPUInterface({ buffers: [{ name: 'data', size: [size] }] }).initialize();
    const kernel = await gpu.createKernel((inputs) => {
      inputs.buffers.data[inputs.threadId.x] = inputs.threadId.x;
    });
    kernel.run(size);
    await gpu.readBuffer('data');
  }
}
