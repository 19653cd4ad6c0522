export const title = 'a xorshift generator: 32 bits, bit for bit';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let x = i ^ 2463534242;
      for (let k = 0; k < 20; k++) {
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
      }
      inputs.buffers.out[2 * i] = x & 65535;
      inputs.buffers.out[2 * i + 1] = x >>> 16;
    },
    { out: 200, run: [100] },
  );
}
