export const title = 'the sign of zero of integers: negation, products, remainders and rounding';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const n = i - 2;
      inputs.buffers.out[i][0] = -n;
      inputs.buffers.out[i][1] = 1 / -n;
      inputs.buffers.out[i][2] = n * 0;
      inputs.buffers.out[i][3] = n % 2;
      inputs.buffers.out[i][4] = 1 / (n % 2);
      inputs.buffers.out[i][5] = Math.round(n / 5);
      inputs.buffers.out[i][6] = Math.ceil(n / 3);
      inputs.buffers.out[i][7] = -n | 0;
      inputs.buffers.out[i][8] = Math.min(0, -n);
      inputs.buffers.out[i][9] = -n + 0;
    },
    { out: { size: [5, 10], type: 'f64' }, run: [5], tolerance: 'bits' },
  );
  await check(
    (inputs) => {
      // A number buffer keeps the sign, too.
      const n = inputs.threadId.x - 1;
      inputs.buffers.out[inputs.threadId.x][0] = -n;
      inputs.buffers.out[inputs.threadId.x][1] = n * 0;
      inputs.buffers.out[inputs.threadId.x][2] = Math.atan2(-n, -1) > 0 ? 1 : -1;
    },
    { out: { size: [3, 3] }, run: [3], tolerance: 'bits' },
  );
}
