export const title = '** with integral exponents is exact where the result is, also for negative bases';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const base = inputs.threadId.x - 6;
      const exponent = inputs.threadId.y;
      const b = inputs.buffers.bases[inputs.threadId.x];
      inputs.buffers.out[inputs.threadId.x][exponent][0] = base ** exponent;
      inputs.buffers.out[inputs.threadId.x][exponent][1] = b ** exponent;
      inputs.buffers.out[inputs.threadId.x][exponent][2] = base ** 2 + b ** 3;
      inputs.buffers.out[inputs.threadId.x][exponent][3] = 2 ** exponent + (-2) ** 3;
      inputs.buffers.out[inputs.threadId.x][exponent][4] = Math.pow(base, 2) + Math.pow(b, exponent);
    },
    {
      out: { size: [13, 8, 5] },
      run: [13, 8],
      buffers: { bases: [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6] },
      tolerance: 'exact',
    },
  );
}
