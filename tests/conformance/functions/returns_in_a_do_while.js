export const title = 'a function whose only return stands in a do-while that never gets to its test';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function sign(x = types.number) {
        do {
          if (x < 0) return -1;
          return 1;
        } while (x > 100);
      }
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = sign(i - 2);
    },
    { out: 5 },
  );
}
