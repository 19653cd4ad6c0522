export const title = 'readBuffer gives the contents at its place in the queue';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [3], initialData: [1, 2, 3] }] }).initialize();
  const increment = await gpu.createKernel((inputs) => {
    inputs.buffers.a[inputs.threadId.x]++;
  });
  const reads = [];
  for (let k = 0; k < 20; k++) {
    reads.push(gpu.readBuffer('a'));
    increment.run(3);
  }
  reads.push(gpu.readBuffer('a'), gpu.readBuffer('a'));
  const results = await Promise.all(reads);
  results[0][0] = 99;
  await gpu.readBuffer('a');
}
