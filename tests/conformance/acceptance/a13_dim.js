export const title = 'A13: dim of buffers, their parts and arrays';

export default async function ({ GPUInterface, array, dim }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'cube', size: [5, 6, 7] }, { name: 'line', size: [9] }, { name: 'out', size: [8] }],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const whole = dim(inputs.buffers.cube);
    const part = dim(inputs.buffers.cube[0]);
    const list = array([1, 2, 3, 4]);
    inputs.buffers.out[0] = whole.x;
    inputs.buffers.out[1] = whole.y;
    inputs.buffers.out[2] = whole.z;
    inputs.buffers.out[3] = part.x;
    inputs.buffers.out[4] = part.y;
    inputs.buffers.out[5] = dim(inputs.buffers.cube[0][0]);
    inputs.buffers.out[6] = dim(inputs.buffers.line);
    inputs.buffers.out[7] = dim(list);
  });
  kernel.run(1);
  await gpu.readBuffer('out');
}
