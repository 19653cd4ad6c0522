export const title = 'A15: the sum of i^2.5 for i from 0 to 9, and the JavaScript results of % round atan2 trunc';

export default async function ({ check }) {
  await check(
    (inputs) => {
      let sum = 0;
      for (let i = 0; i < 10; i++) {
        sum += Math.pow(i, 2.5);
      }
      inputs.buffers.out[0] = sum;
      inputs.buffers.out[1] = -7 % 3;
      inputs.buffers.out[2] = Math.round(2.5);
      inputs.buffers.out[3] = Math.round(-2.5);
      inputs.buffers.out[4] = Math.atan2(1, -1);
      inputs.buffers.out[5] = Math.trunc(-1.5);
      inputs.buffers.out[6] = Math.min(2, 3) + Math.max(20, 30);
    },
    {
      out: 7,
      run: [1],
      expect: [751.98979, -1, 3, -2, 2.3561945, -1, 32],
      tolerance: { relative: 1e-5, absolute: 0 },
    },
  );
}
