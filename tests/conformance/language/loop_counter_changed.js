export const title = 'a loop body may change the counter and the bound';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const n = inputs.threadId.x;
      let rounds = 0;
      for (let j = 0; j < 20; j++) {
        if (j % 3 === n % 3) j += 2;
        rounds++;
      }
      let bound = n;
      let sum = 0;
      for (let j = 0; j < bound; j++) {
        if (bound < 10) bound++;
        sum += j;
      }
      inputs.buffers.out[2 * n] = rounds;
      inputs.buffers.out[2 * n + 1] = sum;
    },
    { out: 24, run: [12] },
  );
}
