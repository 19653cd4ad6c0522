export const title = 'A21, A22: racing writers leave one of the written values';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'first', size: [1] }, { name: 'second', size: [1] }, { name: 'fine', size: [2] }],
  }).initialize();
  const first = await gpu.createKernel((inputs) => {
    inputs.buffers.first[0] = inputs.threadId.x;
  });
  const second = await gpu.createKernel((inputs) => {
    if (inputs.buffers.second[0] % 5 === 0) {
      inputs.buffers.second[0] = inputs.threadId.x;
    }
  });
  const judge = await gpu.createKernel((inputs) => {
    const a = inputs.buffers.first[0];
    const b = inputs.buffers.second[0];
    inputs.buffers.fine[0] = a >= 0 && a <= 255 && a === Math.floor(a) ? 1 : 0;
    inputs.buffers.fine[1] = b >= 0 && b <= 255 && b === Math.floor(b) ? 1 : 0;
  });
  first.run(256);
  second.run(256);
  judge.run(1);
  await gpu.readBuffer('fine');
}
