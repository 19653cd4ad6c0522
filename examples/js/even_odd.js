// Even-odd buffering: each step reads one buffer and writes the other, so that no thread sees what another has just written.

import GPUInterface, { types } from 'hpc.js';

export const title = 'Even-odd buffering';

export default async function main({ size = 1000, steps = 50 } = {}) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'data1', size: [size] },
      { name: 'data2', size: [size] },
    ],
    uniforms: { step: 0 },
  }).initialize();

  const kernel = await gpu.createKernel((inputs) => {
    function read(index = types.number) {
      if (inputs.uniforms.step % 2 === 0) {
        return inputs.buffers.data1[index];
      }
      return inputs.buffers.data2[index];
    }
    function write(index = types.number, value = types.number) {
      if (inputs.uniforms.step % 2 === 0) {
        inputs.buffers.data2[index] = value;
      } else {
        inputs.buffers.data1[index] = value;
      }
    }

    const i = inputs.threadId.x;
    write(i, read(i) + 1);
  });

  for (let step = 0; step < steps; step++) {
    gpu.setUniforms({ step });
    kernel.run(size);
  }
  return gpu.readBuffer(steps % 2 === 0 ? 'data1' : 'data2'); // every element is `steps`
}
