export const title = 'a long chain of operators and a deep nest of parentheses';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const x = inputs.threadId.x;
      inputs.buffers.out[x] =
        x + 1 + x + 2 + x + 3 + x + 4 + x + 5 + x + 6 + x + 7 + x + 8 + x + 9 + x + 10 + x + 11 + x + 12 + x + 13 + x + 14 +
        ((((((((((((((((((((((((x + 1) * 2) + 1) - x) * 2) + 1) - x) * 2) + 1) - x) * 2) + 1) - x) * 2) + 1) - x) * 2) + 1) - x) * 2) + 1) - x) * 2) + 1);
    },
    { out: 4 },
  );
}
