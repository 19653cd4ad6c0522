export const title = 'an index made of a huge, infinite or missing number stays out of range, or at the clamp';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let k = Math.floor(inputs.buffers.x[i]) + 1;
      if (k > 6) k = 6;
      if (k < 0) k = 0;
      inputs.buffers.out[i][k] = 1;
      inputs.buffers.out[i][7] = k;
    },
    {
      out: { size: [10, 8] },
      run: [10],
      buffers: { x: [1e10, Infinity, -Infinity, -1e10, 2147483648, 4294967296, -4294967296, 2.5, -1.5, 5] },
    },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[i][0] = (Math.floor(x) + 1) | 0;
      inputs.buffers.out[i][1] = inputs.buffers.table[Math.floor(x)] + 10;
      inputs.buffers.out[i][2] = inputs.buffers.table[x * 3] + 20;
      inputs.buffers.out[i][3] = Math.floor(x) + 1;
      inputs.buffers.out[i][4] = Math.min(Math.floor(x), 100);
    },
    {
      out: { size: [10, 5], type: 'f64' },
      run: [10],
      buffers: { x: [NaN, Infinity, -Infinity, 2147483648, 4294967296, 1e30, -0.5, 0.7, 1.25, -3e9], table: [1, 2, 3, 4] },
      tolerance: 'bits',
    },
  );
}
