export const title = 'array(size, fill) evaluates the fill once an element';

export default async function ({ check, array, vec2, types, dim }) {
  await check(
    (inputs) => {
      function count(t = types.number) {
        inputs.buffers.count[t] += 1;
        return inputs.buffers.count[t];
      }
      const i = inputs.threadId.x;
      let zeros = array(10, 0);
      for (let k = 0; k < dim(zeros); k++) zeros[k] = k * k;
      const counted = array(4, count(i));
      let n = 0;
      const steps = array(3, (n += i));
      const points = array(2, vec2(i, 7));
      const flags = array(3, i === 1);
      const single = array(1, 9);
      inputs.buffers.out[6 * i] = zeros[9] + zeros[2];
      inputs.buffers.out[6 * i + 1] = counted[0] + counted[1] * 10 + counted[2] * 100 + counted[3] * 1000;
      inputs.buffers.out[6 * i + 2] = steps[0] + steps[1] * 10 + steps[2] * 100;
      inputs.buffers.out[6 * i + 3] = points[1].x + points[0].y;
      inputs.buffers.out[6 * i + 4] = flags[2] ? 1 : 0;
      inputs.buffers.out[6 * i + 5] = single[0] + inputs.buffers.count[i];
    },
    { out: 18, run: [3], buffers: { count: [0, 0, 0] } },
  );
}
