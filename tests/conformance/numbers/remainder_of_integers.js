export const title = '% of integers of either sign, also by zero and beyond 2^24';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x % 12;
      const d = (inputs.threadId.y % 9) - 4;
      const big = 2147483600 + i;
      inputs.buffers.out[i][inputs.threadId.y][0] = i % d;
      inputs.buffers.out[i][inputs.threadId.y][1] = (i - 6) % d;
      inputs.buffers.out[i][inputs.threadId.y][2] = -7 % 3;
      inputs.buffers.out[i][inputs.threadId.y][3] = big % 1000;
      inputs.buffers.out[i][inputs.threadId.y][4] = -big % (1001 + d);
      inputs.buffers.out[i][inputs.threadId.y][5] = ((i - 6) % 5 + 5) % 5;
    },
    { out: { size: [12, 9, 6] }, run: [12, 9] },
  );
}
