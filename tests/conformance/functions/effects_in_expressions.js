export const title = 'calls with effects inside larger expressions, conditions and indices';

export default async function ({ check, types, vec2 }) {
  await check(
    (inputs) => {
      function next(t = types.number) {
        inputs.buffers.state[t] += 1;
        return inputs.buffers.state[t];
      }
      function point(t = types.number) {
        return vec2(next(t), next(t));
      }
      const t = inputs.threadId.x;
      let total = next(t) * 100 + next(t);
      total += next(t) > 2 ? next(t) * 1000 : 0;
      if (next(t) === 5 && next(t) === 6) total += 0.5;
      for (let k = next(t); next(t) < 10; k++) total += 10000 * k;
      while (next(t) < 15) total += 0.25;
      total += point(t).minus(point(t)).x;
      inputs.buffers.out[4 * t + (next(t) % 4)] = total + inputs.buffers.state[t];
    },
    { out: 8, run: [2], buffers: { state: [0, 1] } },
  );
}
