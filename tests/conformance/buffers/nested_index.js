export const title = 'indices that are elements, calls and assignments';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function wrap(i = types.number) {
        return (i + 5) % 5;
      }
      const i = inputs.threadId.x;
      let k = 0;
      inputs.buffers.out[4 * i] = inputs.buffers.a[inputs.buffers.b[i]];
      inputs.buffers.out[4 * i + 1] = inputs.buffers.a[inputs.buffers.b[inputs.buffers.b[i]]];
      inputs.buffers.out[4 * i + 2] = inputs.buffers.a[wrap(i - 3)] + inputs.buffers.a[(k = i)] + k;
      inputs.buffers.out[4 * i + 3] = inputs.buffers.a[i / 2] + inputs.buffers.a[Math.floor(i / 2) + (i > 2 ? 1 : 0)];
    },
    { out: 20, run: [5], buffers: { a: [10, 20, 30, 40, 50], b: [4, 3, 1, 0, 2] } },
  );
}
