export const title = 'sinh, cosh and tanh on a grid, for small and for large arguments';

export default async function ({ check }) {
  const x = Array.from({ length: 41 }, (_, i) => (i - 20) / 4);
  x.push(0.001, -0.001, 20, -20, 50, -50, 100, -100, Infinity, -Infinity, NaN);
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[i][0] = Math.sinh(x);
      inputs.buffers.out[i][1] = Math.cosh(x);
      inputs.buffers.out[i][2] = Math.tanh(x);
    },
    { out: { size: [x.length, 3] }, run: [x.length], buffers: { x }, tolerance: 'transcendental' },
  );
}
