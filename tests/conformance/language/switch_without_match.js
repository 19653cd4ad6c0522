export const title = 'switch: no case, no default, an empty body';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let hits = 0;
      switch (i) {
      }
      switch (hits++) {
      }
      switch (i) {
        default:
      }
      switch (i) {
        case 1:
          hits += 10;
      }
      inputs.buffers.out[i] = hits;
    },
    { out: 3 },
  );
}
