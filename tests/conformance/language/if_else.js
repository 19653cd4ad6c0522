export const title = 'if, else if and else, nested, with and without braces';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let result = 0;
      if (i < 3) {
        if (i === 1) result = 10;
        else if (i === 2) {
          result = 20;
        } else result = 30;
      } else if (i < 6)
        for (let j = 0; j < i; j++) {
          result += j;
          result += 100;
        }
      else result = -1;
      if (i === 7) if (result < 0) result = 70;
      else result = 71;
      inputs.buffers.out[i] = result;
    },
    { out: 9 },
  );
}
