export const title = 'while: zero, one and many iterations, break and continue';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let n = i;
      let steps = 0;
      while (n > 0) {
        n = Math.floor(n / 2);
        steps++;
      }
      let m = 0;
      let odd = 0;
      while (true) {
        m++;
        if (m > i) break;
        if (m % 2 === 0) continue;
        odd += m;
      }
      while (false) steps = 100;
      inputs.buffers.out[2 * i] = steps;
      inputs.buffers.out[2 * i + 1] = odd;
    },
    { out: 80, run: [40] },
  );
}
