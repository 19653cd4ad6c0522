export const title = 'outside of a one-dimensional buffer reads are zero and writes are dropped';

export default async function ({ GPUInterface, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'index', size: [9], initialData: [-1, -0.5, 0, 0.99, 2.999, 3, 1e9, NaN, -Infinity] },
      { name: 'data', size: [3], initialData: [10, 20, 30] },
      { name: 'v', size: [3], initialData: [vec2(1, 2), vec2(3, 4), vec2(5, 6)] },
      { name: 'read', size: [9], type: 'vec2' },
      { name: 'written', size: [3], initialData: [1, 2, 3] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    for (let i = 0; i < 9; i++) {
      const index = inputs.buffers.index[i];
      inputs.buffers.read[i] = vec2(inputs.buffers.data[index], inputs.buffers.v[index].y);
      inputs.buffers.written[index] = 100 + i;
      inputs.buffers.written[index] += 1000;
      inputs.buffers.v[index] = vec2(i, i);
    }
    inputs.buffers.written[3] = 7;
    inputs.buffers.written[-1] = 7;
    inputs.buffers.written[2147483647]++;
  });
  kernel.run(1);
  await gpu.readBuffer('read');
  await gpu.readBuffer('written');
  await gpu.readBuffer('v');
}
