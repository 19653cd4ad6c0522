// A race: all threads read one element and write it later. The debug backend reports it; on a GPU the result is luck.

import GPUInterface from 'hpc.js';

export const title = 'A race condition';

export default async function main() {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'total', size: [1] },
      { name: 'sum', size: [1] },
    ],
  }).initialize();

  // #region wrong
  const wrong = await gpu.createKernel((inputs) => {
    let total = inputs.buffers.total[0];
    if (inputs.threadId.x > 0) {
      total += inputs.threadId.x;
    }
    inputs.buffers.total[0] = total;
  });
  // #endregion wrong

  // #region right
  // What is accumulated is one step, which no other thread comes between.
  const right = await gpu.createKernel((inputs) => {
    inputs.buffers.sum[0] += inputs.threadId.x;
  });
  // #endregion right

  wrong.run(64);
  right.run(64);
  const [total, sum] = await Promise.all([gpu.readBuffer('total'), gpu.readBuffer('sum')]);
  console.log('with a race:', total[0]);
  console.log('without:', sum[0]);
}
