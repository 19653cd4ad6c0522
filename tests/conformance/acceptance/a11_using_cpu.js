export const title = 'A11: usingCpu chooses the branch; here on a GPU';
export const backends = ['gpu'];

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'sum', size: [2] }] }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    let sum = 0;
    if (inputs.usingCpu) {
      for (let i = 0; i < 100; i++) sum += i;
    } else {
      for (let i = 0; i < 10000; i++) sum += i;
    }
    inputs.buffers.sum[0] = sum;
    inputs.buffers.sum[1] = inputs.usingCpu ? 1 : 0;
  });
  kernel.run(1);
  await gpu.readBuffer('sum', { relative: 1e-4, absolute: 0 });
}
