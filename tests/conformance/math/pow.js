export const title = 'Math.pow on a grid: negative bases, zero, fractions';

export default async function ({ check }) {
  const n = [0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 10, 2.5, 0.125];
  await check(
    (inputs) => {
      const a = inputs.buffers.n[inputs.threadId.x];
      const b = inputs.buffers.n[inputs.threadId.y];
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = Math.pow(a, b);
    },
    { out: { size: [12, 12] }, buffers: { n }, tolerance: 'transcendental' },
  );
}
