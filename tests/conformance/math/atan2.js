export const title = 'atan2(y, x) in every quadrant, on the axes and at infinity';

export default async function ({ check }) {
  const n = [0, 1, -1, 0.5, -3, 100, -0.01, Infinity, -Infinity, NaN];
  await check(
    (inputs) => {
      const y = inputs.buffers.n[inputs.threadId.x];
      const x = inputs.buffers.n[inputs.threadId.y];
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = Math.atan2(y, x);
    },
    { out: { size: [10, 10] }, buffers: { n }, tolerance: 'transcendental' },
  );
}
