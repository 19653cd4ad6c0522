export const title = 'negative zero survives storage and negation, and shows in a quotient';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[3 * i] = x;
      inputs.buffers.out[3 * i + 1] = 1 / x;
      inputs.buffers.out[3 * i + 2] = -x;
    },
    { out: 9, run: [3], buffers: { x: [0, -0, 4] }, tolerance: 'bits' },
  );
}
