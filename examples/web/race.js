// A race: all threads add to one element. The debug backend reports it; on a GPU the result is luck.

import GPUInterface from 'hpc.js';

export const title = 'A race condition';

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'total', size: [1] },
      { name: 'own', size: [64] },
    ],
  }).initialize();

  // #region wrong
  const wrong = await gpu.createKernel((inputs) => {
    inputs.buffers.total[0] += inputs.threadId.x;
  });
  // #endregion wrong

  // #region right
  // Each thread has an element of its own, and the host adds them up.
  const right = await gpu.createKernel((inputs) => {
    inputs.buffers.own[inputs.threadId.x] += inputs.threadId.x;
  });
  // #endregion right

  wrong.run(64);
  right.run(64);
  const [total, own] = await Promise.all([gpu.readBuffer('total'), gpu.readBuffer('own')]);
  console.log('with a race:', total[0]);
  console.log('without:', own.reduce((sum, element) => sum + element, 0));
}
