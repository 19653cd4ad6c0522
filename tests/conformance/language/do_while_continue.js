export const title = 'continue in do … while goes on to the condition';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let n = 0;
      let sum = 0;
      do {
        n++;
        if (n % 2 === 0) continue;
        if (n > 12) break;
        sum += n;
      } while (n < i);
      inputs.buffers.out[i] = sum * 100 + n;
    },
    { out: 20 },
  );
}
