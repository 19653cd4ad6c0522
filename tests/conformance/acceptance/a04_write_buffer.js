export const title = 'A4: writeBuffer and what it refuses';

export default async function ({ GPUInterface, fails, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'data', size: [4] },
      { name: 'plane', size: [2, 2], type: 'vec2' },
    ],
  }).initialize();
  const double = await gpu.createKernel((inputs) => {
    inputs.buffers.data[inputs.threadId.x] *= 2;
  });
  const values = [0.1234567891, 0.9876543219, 0.5, 1 / 3];
  gpu.writeBuffer('data', values);
  values.fill(7);
  await gpu.readBuffer('data', 'bits');
  await fails(() => gpu.writeBuffer('data', [1, 2, 3]));
  await gpu.readBuffer('data', 'bits');
  await fails(() => gpu.writeBuffer('data', [[1, 2], [3, 4]]));
  await fails(() => gpu.writeBuffer('data', [vec2(1, 2), vec2(1, 2), vec2(1, 2), vec2(1, 2)]));
  gpu.writeBuffer('data', [1, 2, 3, 4]);
  double.run(4);
  gpu.writeBuffer('plane', [[vec2(1, 2), vec2(3, 4)], [vec2(5, 6), vec2(7, 8)]]);
  await gpu.readBuffer('data');
  await gpu.readBuffer('plane');
}
