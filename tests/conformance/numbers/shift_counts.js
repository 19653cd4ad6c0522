export const title = 'shift counts are taken modulo 32, also negative and variable ones';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const count = inputs.threadId.x - 34;
      inputs.buffers.out[inputs.threadId.x][0] = (1 << count) >>> 8;
      inputs.buffers.out[inputs.threadId.x][1] = -256 >> count;
      inputs.buffers.out[inputs.threadId.x][2] = (-256 >>> count) >>> 8;
      inputs.buffers.out[inputs.threadId.x][3] = 1 << 33;
      inputs.buffers.out[inputs.threadId.x][4] = (1 << 31) >>> 31;
      inputs.buffers.out[inputs.threadId.x][5] = (1 << 31) >> 31;
    },
    { out: { size: [70, 6] }, run: [70] },
  );
}
