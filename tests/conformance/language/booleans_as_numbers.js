export const title = 'booleans in arithmetic are 1 and 0';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const x = inputs.buffers.x[inputs.threadId.x];
      let n = 0;
      n += x > 2;
      n += 2 * (x > 4) - (x === 3);
      const isOdd = x % 2 === 1;
      n = n * 10 + (isOdd << 1) + (isOdd & (x > 3)) + (isOdd | false);
      n = n * 10 + -isOdd + +(x < 5) + (true + true);
      n = n * 100 + ~isOdd + 3 ** isOdd;
      inputs.buffers.out[inputs.threadId.x] = isOdd < (x > 2) ? -n : n;
    },
    { out: 7, buffers: { x: Float32Array.of(0, 1, 2, 3, 4, 5, 6) } },
  );
}
