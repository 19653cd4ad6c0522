export const title = 'Collatz sequences whose peaks pass 2^24, 2^31 and 2^32, as published';

export default async function ({ check }) {
  await check(
    (inputs) => {
      let n = inputs.buffers.starts[inputs.threadId.x];
      let peak = n;
      let steps = 0;
      while (n > 1) {
        n = n % 2 === 0 ? n / 2 : n * 3 + 1;
        if (n > peak) peak = n;
        steps++;
      }
      inputs.buffers.out[inputs.threadId.x][0] = steps;
      inputs.buffers.out[inputs.threadId.x][1] = peak;
    },
    {
      out: { size: [8, 2], type: 'f64' },
      run: [8],
      // Path records: OEIS A006884 and A006885; delays: A006877 and A006878.
      buffers: { starts: Uint32Array.of(27, 703, 9663, 77671, 113383, 159487, 837799, 1) },
      expect: [
        111, 9232, 170, 250504, 184, 27114424, 231, 1570824736, 247, 2482111348, 183, 17202377752, 524, 2974984576, 0, 1,
      ],
      tolerance: 'exact',
    },
  );
  await check(
    (inputs) => {
      // With shifts, as those write it who know that it fits.
      let n = inputs.threadId.x + 871;
      let steps = 0;
      while (n !== 1) {
        n = n & 1 ? 3 * n + 1 : n >> 1;
        steps++;
      }
      inputs.buffers.out[inputs.threadId.x] = steps;
    },
    { out: 20, tolerance: 'exact' },
  );
}
