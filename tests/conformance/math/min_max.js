export const title = 'min and max, exact, spreading NaN';

export default async function ({ check }) {
  const n = [0, 1, -1, 0.1, 7.5, -1e10, Infinity, -Infinity, NaN];
  await check(
    (inputs) => {
      const a = inputs.buffers.n[inputs.threadId.x];
      const b = inputs.buffers.n[inputs.threadId.y];
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][0] = Math.min(a, b);
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][1] = Math.max(a, b);
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][2] = Math.max(inputs.threadId.x, inputs.threadId.y);
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][3] = Math.min(Math.max(inputs.threadId.x, 2), 5) - 3;
    },
    { out: { size: [9, 9, 4] }, run: [9, 9], buffers: { n }, tolerance: 'exact' },
  );
}
