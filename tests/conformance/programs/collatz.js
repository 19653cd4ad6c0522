export const title = 'lengths and highest members of Collatz sequences';

export default async function ({ check }) {
  await check(
    (inputs) => {
      let n = inputs.threadId.x + 1;
      let steps = 0;
      let highest = n;
      while (n !== 1) {
        if (n % 2 === 0) n = n / 2;
        else n = 3 * n + 1;
        highest = Math.max(highest, n);
        steps++;
      }
      inputs.buffers.out[2 * inputs.threadId.x] = steps;
      inputs.buffers.out[2 * inputs.threadId.x + 1] = highest;
    },
    { out: 1400, run: [700], tolerance: 'exact' },
  );
}
