export const title = 'compound assignment with every operator';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let x = i;
      x += 3;
      x *= 4;
      x -= 5;
      x /= 2;
      inputs.buffers.out[8 * i] = x;
      x %= 3;
      inputs.buffers.out[8 * i + 1] = x;
      let y = i;
      y **= 3;
      inputs.buffers.out[8 * i + 2] = y;
      y |= 10;
      inputs.buffers.out[8 * i + 3] = y;
      y &= 29;
      y ^= 7;
      inputs.buffers.out[8 * i + 4] = y;
      y <<= 5;
      y >>= 2;
      inputs.buffers.out[8 * i + 5] = y;
      y = -y;
      y >>>= 20;
      inputs.buffers.out[8 * i + 6] = y;
      inputs.buffers.out[8 * i + 7] = 1;
      inputs.buffers.out[8 * i + 7] += 2;
      inputs.buffers.out[8 * i + 7] *= 6;
      inputs.buffers.out[8 * i + 7] -= i;
      inputs.buffers.out[8 * i + 7] /= 4;
    },
    { out: 48, run: [6] },
  );
}
