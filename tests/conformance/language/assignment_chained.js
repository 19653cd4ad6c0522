export const title = 'an assignment has a value: chains and assignments within expressions';

export default async function ({ check, vec2 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let a, b, c;
      a = b = c = i + 1;
      const d = (a += 2) * (b = 3);
      let n = 0;
      while ((n = n + 2) < i);
      let v = vec2(0, 0);
      v.x = v.y = n;
      inputs.buffers.out[2 * i] = inputs.buffers.out[2 * i + 1] = a + b * 10 + c * 100 + d * 1000 + v.x + v.y;
    },
    { out: 10, run: [5] },
  );
}
