export const title = 'a switch with a default whose cases all return ends a function, whatever the cases are';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function halves(x = types.number) {
        switch (x) {
          case 0.5:
            return 1;
          default:
            return 2;
        }
      }
      function falls(x = types.number) {
        let y = 0;
        switch (x) {
          case 0:
            y = 10;
          case 1:
            return y + 1;
          default:
            return 3;
        }
      }
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = halves(i / 2) + 100 * falls(i);
    },
    { out: 4 },
  );
}
