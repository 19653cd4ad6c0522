export const title = 'break and continue with the label of an outer loop';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let sum = 0;
      outer: for (let a = 0; a < 6; a++) {
        for (let b = 0; b < 6; b++) {
          if (b === i) continue outer;
          if (a * b > 12) break outer;
          sum += a * 6 + b;
        }
        sum += 1000;
      }
      let rounds = 0;
      again: while (rounds < 20) {
        rounds++;
        do {
          if (rounds % 2 === 1) continue again;
          if (rounds > i + 4) break again;
          rounds++;
        } while (rounds % 5 !== 0);
        rounds += 2;
      }
      inputs.buffers.out[2 * i] = sum;
      inputs.buffers.out[2 * i + 1] = rounds;
    },
    { out: 16, run: [8] },
  );
}
