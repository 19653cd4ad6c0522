export const title = 'exp, log, log2, log10 on a grid and at the ends of their domains';

export default async function ({ check }) {
  const x = [0, 1, -1, 0.5, 2, 3, 10, 80, -80, 100, -100, 0.001, 1e-6, 1e6, 8, 1024, 1.0009766, Infinity, -Infinity, NaN];
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[i][0] = Math.exp(x);
      inputs.buffers.out[i][1] = Math.log(x);
      inputs.buffers.out[i][2] = Math.log2(x);
      inputs.buffers.out[i][3] = Math.log10(x);
    },
    { out: { size: [x.length, 4] }, run: [x.length], buffers: { x }, tolerance: 'transcendental' },
  );
}
