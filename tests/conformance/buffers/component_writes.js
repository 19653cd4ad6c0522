export const title = 'buffer[i].x = v writes to the element, plain, compound and incremented';

export default async function ({ GPUInterface, vec2, vec3, vec4 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'v', size: [3], initialData: [vec3(1, 2, 3), vec3(4, 5, 6), vec3(7, 8, 9)] },
      { name: 'm', size: [2, 2], type: 'vec2' },
      { name: 'w', size: [1], initialData: [vec4(1, 2, 3, 4)] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    inputs.buffers.v[0].x = 5;
    inputs.buffers.v[0].y += 5;
    inputs.buffers.v[0].z *= -1;
    inputs.buffers.v[1].x++;
    inputs.buffers.v[1].y--;
    inputs.buffers.v[1].z **= 2;
    inputs.buffers.v[2].z = inputs.buffers.v[2].x = inputs.buffers.v[0].y;
    inputs.buffers.m[0][1].y = 7;
    inputs.buffers.m[1][0].x -= 2;
    inputs.buffers.w[0].w = inputs.buffers.w[0].x + inputs.buffers.w[0].z;
    let copy = inputs.buffers.w[0];
    copy.x = 99;
    inputs.buffers.w[0].y = copy.x;
    inputs.buffers.v[3].x = 100;
    inputs.buffers.v[-1].y += 100;
  });
  kernel.run(1);
  await gpu.readBuffer('v');
  await gpu.readBuffer('m');
  await gpu.readBuffer('w');
}
