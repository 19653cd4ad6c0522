export const title = 'numbers as conditions: 0, −0 and NaN are false, all others true';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const n = inputs.buffers.n[i];
      let bits = 0;
      if (n) bits += 1;
      if (!n) bits += 2;
      if (!!n) bits += 4;
      let k = i;
      while (k) {
        k--;
        bits += 8;
      }
      bits += n ? 1000 : 2000;
      inputs.buffers.out[i] = bits;
    },
    { out: 7, buffers: { n: [0, -0, 1, -1, NaN, 0.25, Infinity] } },
  );
}
