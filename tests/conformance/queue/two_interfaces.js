export const title = 'two interfaces with the same names do not meet';

export default async function ({ GPUInterface }) {
  const make = (start) =>
    new GPUInterface({ buffers: [{ name: 'a', size: [2], initialData: [start, start] }], uniforms: { k: start } }).initialize();
  const first = await make(1);
  const second = await make(10);
  const kernel = (inputs) => {
    inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.k;
  };
  const firstKernel = await first.createKernel(kernel);
  const secondKernel = await second.createKernel(kernel);
  firstKernel.run(2);
  secondKernel.run(1);
  first.setUniforms({ k: 100 });
  firstKernel.run(1);
  secondKernel.run(2);
  await Promise.all([first.readBuffer('a'), second.readBuffer('a')]);
}
