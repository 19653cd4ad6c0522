export const title = 'Math.round: halves go up, and neighbours of halves do not';

export default async function ({ check }) {
  const n = [
    0.5, 1.5, 2.5, 3.5, -0.5, -1.5, -2.5, -3.5, 0.49999997, -0.50000006, 2.4999998, 0, -0.2, 8388607.5, 8388609, -8388609,
    4194303.25, 16777215, 1e20, Infinity, -Infinity, NaN,
  ];
  await check(
    (inputs) => {
      inputs.buffers.out[inputs.threadId.x] = Math.round(inputs.buffers.n[inputs.threadId.x]);
    },
    { out: n.length, buffers: { n }, tolerance: 'exact' },
  );
}
