export const title = 'a fractional index is rounded down; outside, reads are zero and writes are dropped';

export default async function ({ check, array, vec2 }) {
  await check(
    (inputs) => {
      const t = inputs.threadId.x;
      const i = inputs.buffers.index[t];
      let list = array([1, 2, 3]);
      let points = array([vec2(4, 5), vec2(6, 7)]);
      let flags = array([true, true]);
      inputs.buffers.out[5 * t] = list[i];
      inputs.buffers.out[5 * t + 1] = points[i].x + points[i].y;
      inputs.buffers.out[5 * t + 2] = flags[i] ? 1 : 0;
      list[i] = 100;
      list[i] += 1;
      points[i].x = 50;
      points[i].y += 1;
      flags[i] = false;
      inputs.buffers.out[5 * t + 3] = list[0] + list[1] + list[2];
      inputs.buffers.out[5 * t + 4] = points[0].x + points[0].y + points[1].x + points[1].y + (flags[0] ? 1000 : 0);
    },
    { out: 60, run: [12], buffers: { index: [0, 1.9, 0.99, -0.5, -1, 2.5, 3, 2.99, 1e9, NaN, Infinity, -Infinity] } },
  );
}
