export const title = 'a bare return in a kernel beside a function that returns a value';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function half(x = types.number) {
        return x / 2;
      }
      if (inputs.threadId.x === 2) {
        return;
      }
      inputs.buffers.out[inputs.threadId.x] = half(inputs.threadId.x);
      return;
    },
    { out: 4 },
  );
}
