export const title = 'runs, copies, writes, uniforms and reads take effect in the order of the calls';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [4], initialData: [1, 2, 3, 4] },
      { name: 'b', size: [4] },
      { name: 'c', size: [4] },
    ],
    uniforms: { k: 2 },
  }).initialize();
  const scale = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x] *= inputs.uniforms.k;
  });
  const add = await gpu.createKernel((inputs) => {
    inputs.buffers.b[inputs.threadId.x] += inputs.buffers.a[inputs.threadId.x] + inputs.uniforms.k;
  });
  const reads = [];
  const readAll = () => reads.push(...['a', 'b', 'c'].map((name) => gpu.readBuffer(name)));
  scale.run(4);
  gpu.copyBuffer('a', 'b');
  gpu.setUniforms({ k: 10 });
  scale.run(2);
  readAll();
  add.run(4);
  gpu.copyBuffer('b', 'c');
  gpu.writeBuffer('a', [5, 6, 7, 8]);
  gpu.setUniforms({ k: 0.5 });
  scale.run(3);
  readAll();
  gpu.copyBuffer('c', 'a');
  gpu.writeBuffer('c', [0, 0, 0, 1]);
  gpu.setUniforms({ k: -1 });
  gpu.setUniforms({ k: 100 });
  add.run(1);
  readAll();
  await Promise.all(reads);
}
