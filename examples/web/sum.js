// The sum of many numbers, in steps: each step adds the second half of what is left to the first.

import GPUInterface from 'hpc.js';

export const title = 'A sum in parallel';

const COUNT = 2 ** 16;

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'numbers', size: [COUNT], initialData: Array.from({ length: COUNT }, (_, i) => i % 10) }],
    uniforms: { half: COUNT / 2 },
  }).initialize();

  const fold = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.numbers[i] += inputs.buffers.numbers[i + inputs.uniforms.half];
  });

  for (let half = COUNT / 2; half >= 1; half /= 2) {
    gpu.setUniforms({ half });
    fold.run(half);
  }
  const numbers = await gpu.readBuffer('numbers');
  return numbers[0];
}
