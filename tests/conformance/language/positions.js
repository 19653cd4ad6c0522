export const title = 'values are taken apart by position, and swapped';

export default async function ({ check, array, vec2 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let [a, b] = [i, 10 - i];
      [a, b] = [b, a];
      const [first, , third] = array([i, 5, 7.5]);
      let list = array([3, 1, 2]);
      [list[0], list[2]] = [list[2], list[0]];
      let k = 0;
      [k, list[k]] = [1, list[k] + 20];
      const [u, { x }, isLarge] = [vec2(i, 2), vec2(i * 2, 1), i > 2];
      let v = u;
      [v.x, v] = [9, vec2(v.y, v.x)];
      inputs.buffers.out[i] = a + 100 * b + first * third + 1000 * list[0] + 10000 * list[1] + (isLarge ? u.y : x) + 100000 * v.y;
    },
    { out: 5 },
  );
  await check(
    (inputs) => {
      const { points, out } = inputs.buffers;
      const i = inputs.threadId.x;
      const [p, q] = points;
      const bounds = (low, high) => {
        const made = array([low, high]);
        return made;
      };
      const [low, high] = bounds(p.x, q.y);
      [out[2 * i], out[2 * i + 1]] = [low + i, high - i];
    },
    { out: 8, buffers: { points: [vec2(1, -2), vec2(-3, 4)] } },
  );
  // Sorted by exchanges, as one writes it.
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let list = array(6, 0);
      for (let k = 0; k < 6; k++) list[k] = (k * 7 + i * 5) % 11;
      for (let a = 0; a < 6; a++) {
        for (let b = a + 1; b < 6; b++) {
          if (list[b] < list[a]) [list[a], list[b]] = [list[b], list[a]];
        }
      }
      let digits = 0;
      for (const value of list) digits = digits * 11 + value;
      inputs.buffers.out[i] = digits;
    },
    { out: 5 },
  );
}
