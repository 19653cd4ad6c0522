export const title = 'a list to which threads append what they find, sorted on the host as its order is open';

export default async function ({ GPUInterface }) {
  const n = 500;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'count', type: 'i32', size: [1] },
      { name: 'found', type: 'i32', size: [n] },
      { name: 'sorted', type: 'i32', size: [n] },
    ],
  }).initialize();
  const find = await gpu.createKernel((inputs) => {
    const { count, found } = inputs.buffers;
    const i = inputs.threadId.x;
    let divisors = 0;
    for (let d = 1; d <= i; d++) if (i % d === 0) divisors++;
    if (divisors === 2) {
      const slot = Atomics.add(count, 0, 1);
      found[slot] = i;
    }
  });
  const sort = await gpu.createKernel((inputs) => {
    const { count, found, sorted } = inputs.buffers;
    const i = inputs.threadId.x;
    if (i < count[0]) {
      let place = 0;
      for (let j = 0; j < 500; j++) if (j < count[0] && found[j] < found[i]) place++;
      sorted[place] = found[i];
    }
  });
  find.run(n);
  sort.run(n);
  await gpu.readBuffer('count', 'exact');
  await gpu.readBuffer('sorted', 'exact');
}
