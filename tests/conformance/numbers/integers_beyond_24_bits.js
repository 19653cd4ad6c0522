export const title = 'integers are exact up to 2^31 − 1: sums, differences, products and comparisons';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const n = 16777216 + i;
      let m = 16777216;
      for (let k = 0; k < i; k++) m++;
      const p = (46340 + (i % 2)) * 46340;
      let q = 2147483647 - i;
      q -= 2147483640;
      inputs.buffers.out[8 * i] = n - 16777216;
      inputs.buffers.out[8 * i + 1] = m - 16777216;
      inputs.buffers.out[8 * i + 2] = p - 2147395000;
      inputs.buffers.out[8 * i + 3] = q;
      inputs.buffers.out[8 * i + 4] = n % 10;
      inputs.buffers.out[8 * i + 5] = n === 16777217 ? 1 : 0;
      inputs.buffers.out[8 * i + 6] = n > 16777218 ? 1 : 0;
      inputs.buffers.out[8 * i + 7] = -n + 16777220;
    },
    { out: 64, run: [8] },
  );
}
