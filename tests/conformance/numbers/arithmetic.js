export const title = '+ − × ÷ on a grid of fractions';

export default async function ({ check }) {
  const n = [0, 1, -1, 0.1, -0.3, 3, 7.7, 1234.5, -98765.4, 1e-6, 1e10];
  await check(
    (inputs) => {
      const a = inputs.buffers.n[inputs.threadId.x];
      const b = inputs.buffers.n[inputs.threadId.y];
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][0] = a + b;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][1] = a - b;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][2] = a * b;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][3] = a / b;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][4] = -a;
      inputs.buffers.out[inputs.threadId.x][inputs.threadId.y][5] = +a;
    },
    { out: { size: [11, 11, 6] }, run: [11, 11], buffers: { n }, tolerance: 'arithmetic' },
  );
}
