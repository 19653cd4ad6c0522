export const title = 'switch: default may stand anywhere, also falls through, and is tried last';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let first = 0;
      switch (i) {
        case 1:
          first += 1;
        default:
          first += 10;
        case 2:
          first += 100;
          break;
        case 3:
          first += 1000;
      }
      let second = 0;
      switch (i * 2) {
        default:
          second = 5;
          break;
        case 4:
          second = 6;
          break;
      }
      inputs.buffers.out[2 * i] = first;
      inputs.buffers.out[2 * i + 1] = second;
    },
    { out: 12, run: [6] },
  );
}
