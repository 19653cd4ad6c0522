export const title = 'dim of buffers, whole and in part; the index of a part is not looked at';

export default async function ({ GPUInterface, dim, vec2, vec3 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'one', size: [9] },
      { name: 'two', size: [3, 4] },
      { name: 'three', size: [5, 6, 7] },
      { name: 'out', size: [6], type: 'vec3' },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.out[0] = vec3(dim(inputs.buffers.one), dim(inputs.buffers.two).x, dim(inputs.buffers.two).y);
    inputs.buffers.out[1] = dim(inputs.buffers.three);
    const rest = dim(inputs.buffers.three[0]);
    inputs.buffers.out[2] = vec3(rest.x, rest.y, dim(inputs.buffers.three[99][-5]));
    inputs.buffers.out[3] = vec3(dim(inputs.buffers.two[1]), dim(inputs.buffers['one']), 0);
    let sum = 0;
    for (let i = 0; i < dim(inputs.buffers.two).x; i++) {
      for (let j = 0; j < dim(inputs.buffers.two[i]); j++) sum += 1;
    }
    const middle = dim(inputs.buffers.two).div(2).floor();
    inputs.buffers.out[4] = vec3(sum, middle.x, middle.y);
    inputs.buffers.out[5] = dim(inputs.buffers.three).minus(vec3(1)).times(1 / 2);
  });
  kernel.run(1);
  await gpu.readBuffer('out');
}
