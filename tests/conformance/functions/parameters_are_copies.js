export const title = 'a function may change its parameters without changing the arguments';

export default async function ({ check, types, vec2 }) {
  await check(
    (inputs) => {
      function countdown(n = types.number) {
        let steps = 0;
        while (n > 0) {
          n -= 2;
          steps++;
        }
        return steps;
      }
      function flip(v = types.vec2, times = types.number) {
        for (; times > 0; times--) v = v.yx;
        v.x = -v.x;
        return v;
      }
      const i = inputs.threadId.x;
      let n = i;
      let v = vec2(i, 50);
      const steps = countdown(n);
      const w = flip(v, i);
      inputs.buffers.out[4 * i] = n;
      inputs.buffers.out[4 * i + 1] = steps;
      inputs.buffers.out[4 * i + 2] = v.x + v.y;
      inputs.buffers.out[4 * i + 3] = w.x + w.y;
    },
    { out: 20, run: [5], expect: [0, 0, 50, 50, 1, 1, 51, -49, 2, 1, 52, 48, 3, 2, 53, -47, 4, 2, 54, 46] },
  );
}
