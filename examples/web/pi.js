// Pi by throwing darts: each thread throws a thousand of them at a square and counts those within the circle.

import GPUInterface from 'hpc.js';

export const title = 'Pi by chance';

const THREADS = 1024;
const DARTS = 1000;

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'hits', size: [THREADS] }],
    uniforms: { darts: DARTS },
  }).initialize();

  const throwDarts = await gpu.createKernel((inputs) => {
    let hits = 0;
    for (let dart = 0; dart < inputs.uniforms.darts; dart++) {
      const x = Math.random();
      const y = Math.random();
      if (x * x + y * y < 1) {
        hits++;
      }
    }
    inputs.buffers.hits[inputs.threadId.x] = hits;
  });

  throwDarts.run(THREADS);
  const hits = await gpu.readBuffer('hits');
  const total = hits.reduce((sum, count) => sum + count, 0);
  console.log(`${total} of ${THREADS * DARTS} darts hit the circle`);
  return (4 * total) / (THREADS * DARTS);
}
