export const title = 'runs beyond 65,535 threads, in every dimension and in products';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'x', size: [70000] },
      { name: 'y', size: [66000] },
      { name: 'z', size: [66000] },
      { name: 'product', size: [300, 17, 23] },
    ],
  }).initialize();
  const x = await gpu.createKernel((inputs) => {
    inputs.buffers.x[inputs.threadId.x] += inputs.threadId.x + 1 + inputs.threadId.y + inputs.threadId.z;
  });
  const y = await gpu.createKernel((inputs) => {
    inputs.buffers.y[inputs.threadId.y] += inputs.threadId.y + 1 + inputs.threadId.x;
  });
  const z = await gpu.createKernel((inputs) => {
    inputs.buffers.z[inputs.threadId.z] += inputs.threadId.z + 1;
  });
  const product = await gpu.createKernel((inputs) => {
    inputs.buffers.product[inputs.threadId.x][inputs.threadId.y][inputs.threadId.z] += 1;
  });
  x.run(70000);
  y.run(1, 66000);
  z.run(1, 1, 66000);
  product.run(300, 17, 23);
  for (const name of ['x', 'y', 'z', 'product']) {
    await gpu.readBuffer(name);
  }
}
