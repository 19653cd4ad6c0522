export const title = 'nested loops with break and continue leave only the inner one';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let sum = 0;
      for (let a = 0; a < 5; a++) {
        if (a === i) continue;
        for (let b = 0; b < 5; b++) {
          if (b === a) break;
          if (b === 1) continue;
          let c = 3;
          while (c > 0) {
            c--;
            if (c === b) continue;
            sum += a * 25 + b * 5 + c;
          }
        }
      }
      inputs.buffers.out[i] = sum;
    },
    { out: 6 },
  );
}
