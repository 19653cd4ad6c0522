export const title = '& | ^ ~ << >> >>> on 32-bit integers';

export default async function ({ check }) {
  const n = [0, 1, -1, 2, 5, 31, 32, 33, 255, -256, 65535, 16777215, -16777215, 2147483648, -2147483648, 4294967296];
  await check(
    (inputs) => {
      const a = inputs.buffers.n[inputs.threadId.x];
      const b = inputs.buffers.n[inputs.threadId.y];
      // Halves, for a float does not hold 32 bits.
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][0] = (a & b) & 65535;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][1] = (a & b) >>> 16;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][2] = (a | b) & 65535;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][3] = (a | b) >>> 16;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][4] = (a ^ b) & 65535;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][5] = (a ^ b) >>> 16;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][6] = ~a & 65535;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][7] = ~a >>> 16;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][8] = (a << b) & 65535;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][9] = (a << b) >>> 16;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][10] = (a >> b) & 65535;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][11] = (a >> b) >>> 16;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][12] = (a >>> b) & 65535;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][13] = (a >>> b) >>> 16;
    },
    { out: { size: [16, 16, 14] }, run: [16, 16], buffers: { n } },
  );
}
