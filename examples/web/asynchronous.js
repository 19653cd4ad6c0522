// Calls return at once; only reading waits.

import GPUInterface from 'hpc.js';

export const title = 'Asynchronous execution';

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'numbers', size: [1024] }],
    uniforms: { rounds: 200 },
  }).initialize();

  const work = await gpu.createKernel((inputs) => {
    let x = inputs.threadId.x;
    for (let round = 0; round < inputs.uniforms.rounds; round++) {
      x = (x * 5 + 1) % 1021;
    }
    inputs.buffers.numbers[inputs.threadId.x] = x;
  });

  // #region calls
  const start = performance.now();
  const elapsed = () => `${(performance.now() - start).toFixed(1)} ms`;
  for (let run = 0; run < 20; run++) {
    work.run(1024);
  }
  console.log('20 runs are called after', elapsed());

  const numbers = await gpu.readBuffer('numbers');
  console.log('and done after', elapsed());
  // #endregion calls
  return numbers.slice(0, 4);
}
