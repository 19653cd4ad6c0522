export const title = '++ and −− as statements and as values, on variables, elements and components';

export default async function ({ check, vec2, array }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let x = i;
      x++;
      ++x;
      x--;
      const a = x++;
      const b = ++x;
      const c = x-- - --x;
      let v = vec2(1, 2);
      v.x++;
      const d = v.y++ + v.y;
      let list = array([5, 6, 7]);
      let k = 0;
      list[k++] = 50;
      list[k++]++;
      --list[k];
      const e = list[1]--;
      inputs.buffers.out[i]++;
      const f = inputs.buffers.out[i]++ + ++inputs.buffers.out[i];
      inputs.buffers.out[i] += a + b * 10 + c * 100 + d * 1000 + v.x * 10000;
      inputs.buffers.out[i] += (list[0] + list[1] + list[2] + e + k + f) * 100000;
    },
    { out: 3 },
  );
}
