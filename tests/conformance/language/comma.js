export const title = 'the comma operator evaluates every part and gives the last';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let a = 0, b = 0;
      a = 1, b = 2;
      const c = (a += i, b *= 2, a + b);
      let n = 0;
      for (let j = 0, k = 10; j < k; j++, k--, n++);
      if ((a++, a > 3)) b = 50;
      while ((b--, b > 45)) n += 10;
      inputs.buffers.out[(n++, i)] = (a, b, c * 1000 + n * 100 + a * 10 + b);
    },
    { out: 6 },
  );
}
