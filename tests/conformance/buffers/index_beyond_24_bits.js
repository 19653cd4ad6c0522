export const title = 'ids and indices beyond 2^24 reach their own element';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'big', size: [16777216 + 16] },
      { name: 'wide', size: [4097, 4099] },
      { name: 'out', size: [16] },
    ],
  }).initialize();
  const write = await gpu.createKernel((inputs) => {
    const i = 16777216 + inputs.threadId.x;
    inputs.buffers.big[i] = inputs.threadId.x + 1;
    inputs.buffers.wide[4096][4098 - inputs.threadId.x] = inputs.threadId.x + 100;
  });
  const read = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.out[i] = inputs.buffers.big[i + 16777216] * 1000 + inputs.buffers.wide[4096][4083 + i];
  });
  write.run(16);
  read.run(16);
  await gpu.readBuffer('out');
}
