export const title = 'an arrow without braces: its expression is evaluated as a statement';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'data', size: [4], initialData: [1, 2, 3, 4] }] }).initialize();
  const double = await gpu.createKernel((inputs) => (inputs.buffers.data[inputs.threadId.x] *= 2));
  const more = await gpu.createKernel(
    (inputs) => (inputs.buffers.data[inputs.threadId.x]++, inputs.threadId.x > 1 && (inputs.buffers.data[inputs.threadId.x] += 50)),
  );
  double.run(4);
  more.run(4);
  await gpu.readBuffer('data');
}
