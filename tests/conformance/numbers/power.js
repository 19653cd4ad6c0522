export const title = '** with fractions, negative exponents and special values';

export default async function ({ check }) {
  const n = [0, 1, -1, 2, -2, 0.5, -0.5, 3, 1.5, 10, Infinity, -Infinity, NaN];
  await check(
    (inputs) => {
      const a = inputs.buffers.n[inputs.threadId.x];
      const b = inputs.buffers.n[inputs.threadId.y];
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = a ** b;
    },
    { out: { size: [13, 13] }, buffers: { n }, tolerance: 'transcendental' },
  );
}
