export const title = 'a vector indexes as many dimensions as it has components';

export default async function ({ GPUInterface, vec2, vec3, types }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'm', size: [3, 4], initialData: [[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]] },
      { name: 'c', size: [2, 3, 2] },
      { name: 'v', size: [2, 2], type: 'vec2' },
      { name: 'out', size: [7] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function at(cell = types.vec2) {
      return inputs.buffers.m[cell.plus(vec2(1, 0))];
    }
    const p = vec2(1.9, 2.1);
    inputs.buffers.out[0] = inputs.buffers.m[p];
    inputs.buffers.out[1] = inputs.buffers.m[p.floor().yx];
    inputs.buffers.out[2] = inputs.buffers.m[vec2(-0.5, 1)];
    inputs.buffers.out[3] = inputs.buffers.m[vec2(0, 4)];
    inputs.buffers.c[vec3(1, 2, 0)] = 5;
    inputs.buffers.c[vec3(1, 2, 1)] += 6;
    inputs.buffers.c[0][vec2(1, 1)] = 7;
    inputs.buffers.c[1][vec2(0, 2)] = 8;
    inputs.buffers.v[vec2(0, 1)].y = 9;
    inputs.buffers.v[vec2(1, 0)] = vec2(3, 4);
    inputs.buffers.out[4] = inputs.buffers.c[vec3(0, 1, 1)] + inputs.buffers.c[1][vec2(2, 0)];
    inputs.buffers.out[5] = at(vec2(0, 3));
    inputs.buffers.out[6] = inputs.buffers.m[inputs.threadId.xy];
  });
  kernel.run(1);
  await gpu.readBuffer('out');
  await gpu.readBuffer('c');
  await gpu.readBuffer('v');
}
