export const title = '% takes the sign of the dividend, as fmod does';

export default async function ({ check }) {
  const n = [0, -0, 1, -1, 2, 3, -3, 5.5, -5.5, 7, -7, 0.5, -0.25, 100, Infinity, -Infinity, NaN];
  await check(
    (inputs) => {
      const a = inputs.buffers.n[inputs.threadId.x];
      const b = inputs.buffers.n[inputs.threadId.y];
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y] = a % b;
    },
    { out: { size: [17, 17] }, buffers: { n } },
  );
}
