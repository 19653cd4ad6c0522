export const title = 'copyBuffer copies whole buffers of equal type and size, also onto itself';

export default async function ({ GPUInterface, vec4 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [2, 2], initialData: [[1, 2], [3, 4]] },
      { name: 'b', size: [2, 2] },
      { name: 'v', size: [1], initialData: [vec4(1, 2, 3, 4)] },
      { name: 'w', size: [1], type: 'vec4' },
    ],
  }).initialize();
  gpu.copyBuffer('a', 'b');
  gpu.copyBuffer('a', 'a');
  gpu.writeBuffer('a', [[5, 6], [7, 8]]);
  gpu.copyBuffer('v', 'w');
  for (const name of ['a', 'b', 'v', 'w']) {
    await gpu.readBuffer(name);
  }
}
