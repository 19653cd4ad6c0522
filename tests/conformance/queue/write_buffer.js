export const title = 'writeBuffer takes data of the shape of the buffer and captures them at the call';

export default async function ({ GPUInterface, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [2, 3] },
      { name: 'v', size: [2], type: 'vec3' },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x][inputs.threadId.y] *= 10;
    if (inputs.threadId.y === 0) inputs.buffers.v[inputs.threadId.x].y += 0.5;
  });
  const data = [[1, 2, 3], [4, 5, 6]];
  gpu.writeBuffer('a', data);
  data[0][0] = 100;
  const v = vec3(1, 2, 3);
  gpu.writeBuffer('v', [v, vec3(4, 5, 6)]);
  v.x = 50;
  kernel.run(2, 3);
  gpu.readBuffer('a');
  gpu.writeBuffer('a', [[0.1, -0, NaN], [Infinity, 16777217, 1e-3]]);
  await gpu.readBuffer('a', 'bits');
  await gpu.readBuffer('v');
}
