export const title = 'do … while: a false condition still runs the body once';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let once = 0;
      do {
        once++;
      } while (false);
      let n = i;
      let digits = 0;
      do {
        digits++;
        n = Math.floor(n / 10);
      } while (n > 0);
      let k = 0;
      do k += 3;
      while (k < i);
      inputs.buffers.out[3 * i] = once;
      inputs.buffers.out[3 * i + 1] = digits;
      inputs.buffers.out[3 * i + 2] = k;
    },
    { out: 360, run: [120] },
  );
}
