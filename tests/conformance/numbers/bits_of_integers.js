export const title = '& | ^ ~ << >> >>> on 32-bit integers';

export default async function ({ check, array }) {
  const n = [0, 1, -1, 2, 5, 31, 32, 33, 255, -256, 65535, 16777215, -16777215, 2147483648, -2147483648, 4294967296];
  await check(
    (inputs) => {
      const a = inputs.buffers.n[inputs.threadId.x];
      const b = inputs.buffers.n[inputs.threadId.y];
      // Split, for a float holds no 32 bits.
      const results = array([a & b, a | b, a ^ b, ~a, a << b, a >> b, a >>> b]);
      for (let k = 0; k < 7; k++) {
        inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][2 * k] = results[k] & 65535;
        inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][2 * k + 1] = results[k] >>> 16;
      }
    },
    { out: { size: [16, 16, 14] }, run: [16, 16], buffers: { n } },
  );
}
