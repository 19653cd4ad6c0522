export const title = 'A1: doubling, once, twice and with unmapBuffer between';

export default async function ({ GPUInterface }) {
  const make = async () => {
    const gpu = await new GPUInterface({
      buffers: [{ name: 'mybuffer', size: [4], initialData: [1, 2, 3, 4] }],
    }).initialize();
    const kernel = await gpu.createKernel((inputs) => {
      inputs.buffers.mybuffer[inputs.threadId.x] = inputs.buffers.mybuffer[inputs.threadId.x] * 2;
    });
    return { gpu, kernel };
  };
  const { gpu, kernel } = await make();
  kernel.run(4);
  await gpu.readBuffer('mybuffer');
  kernel.run(4);
  await gpu.readBuffer('mybuffer');
  const again = await make();
  again.kernel.run(4);
  await again.gpu.readBuffer('mybuffer');
  again.gpu.unmapBuffer('mybuffer');
  again.kernel.run(4);
  await again.gpu.readBuffer('mybuffer');
}
