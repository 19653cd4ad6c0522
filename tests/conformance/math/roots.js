export const title = 'sqrt, cbrt and hypot; the square root of a negative number is NaN';

export default async function ({ check }) {
  const x = [0, 1, 4, 2, 0.25, 1e10, 1e-10, -1, Infinity, -Infinity, NaN, 27, -8, 3, 12345.678];
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[i][0] = Math.sqrt(x);
      inputs.buffers.out[i][1] = Math.cbrt(x);
      inputs.buffers.out[i][2] = Math.hypot(x, 3);
    },
    { out: { size: [x.length, 3] }, run: [x.length], buffers: { x }, tolerance: { relative: 1e-5, absolute: 1e-6 } },
  );
}
