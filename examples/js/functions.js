// Functions inside a kernel: default values give the types of their parameters.

import GPUInterface, { types, vec2, vec3 } from 'hpc.js';

export const title = 'Functions in kernels';

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'doubled', size: [3], type: 'vec3' },
      { name: 'angles', size: [3] },
    ],
  }).initialize();

  const kernel = await gpu.createKernel((inputs) => {
    function double(v = types.vec3) {
      return v.times(2);
    }
    function direction(angle = types.number) {
      return vec2(Math.cos(angle), Math.sin(angle));
    }
    // No parameters and no result: functions see the thread and the buffers.
    function storeAngle() {
      const d = direction(inputs.threadId.x);
      inputs.buffers.angles[inputs.threadId.x] = Math.atan2(d.y, d.x);
    }

    inputs.buffers.doubled[inputs.threadId.x] = double(vec3(inputs.threadId.x, 1, 2));
    storeAngle();
  });

  kernel.run(3);
  // Float32Array [0, 2, 4, 0, 2, 2, 4, 0, 4, 2, 4, 0] and [0, 1, 2]
  return Promise.all([gpu.readBuffer('doubled'), gpu.readBuffer('angles')]);
}
