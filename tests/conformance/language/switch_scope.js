export const title = 'switch: the selector is evaluated once, and all cases share one block scope';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let n = i;
      let a = 5;
      switch (n++) {
        case 0:
          let a = 1;
          n += a;
        case 1:
          n += 10;
          if (i === 0) n += a * 100;
          break;
        default: {
          let a = 3;
          n += a * 1000;
        }
      }
      inputs.buffers.out[i] = n * 10 + a;
    },
    { out: 3 },
  );
}
