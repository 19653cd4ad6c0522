export const title = 'asinh, acosh and atanh on a grid and outside of their domains';

export default async function ({ check }) {
  const x = Array.from({ length: 41 }, (_, i) => (i - 20) / 8);
  x.push(0.9921875, -0.9921875, 100, -100, 10000, -10000, Infinity, -Infinity, NaN);
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[i][0] = Math.asinh(x);
      inputs.buffers.out[i][1] = Math.acosh(x);
      inputs.buffers.out[i][2] = Math.atanh(x);
    },
    { out: { size: [x.length, 3] }, run: [x.length], buffers: { x }, tolerance: 'transcendental' },
  );
}
