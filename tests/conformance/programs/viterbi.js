export const title = 'the most likely weather by Viterbi: a run for each day, then the way back';

export default async function ({ GPUInterface, array, dim, types }) {
  const seen = [0, 0, 1, 2, 2, 1, 0, 2, 2, 2, 0, 1];
  const days = seen.length;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'seen', size: [days], initialData: seen },
      { name: 'likelihood', size: [days, 3] },
      { name: 'before', size: [days, 3] },
      { name: 'path', size: [days] },
    ],
    uniforms: { day: 0 },
  }).initialize();
  const step = await gpu.createKernel((inputs) => {
    function transition(from = types.number, to = types.number) {
      const table = array([0.7, 0.2, 0.1, 0.3, 0.4, 0.3, 0.15, 0.25, 0.6]);
      return Math.log(table[3 * from + to]);
    }
    function emission(state = types.number, sight = types.number) {
      const table = array([0.6, 0.3, 0.1, 0.25, 0.5, 0.25, 0.05, 0.35, 0.6]);
      return Math.log(table[3 * state + sight]);
    }
    const state = inputs.threadId.x;
    const day = inputs.uniforms.day;
    let best = day === 0 ? Math.log(1 / 3) : -Infinity;
    let from = 0;
    if (day > 0) {
      for (let s = 0; s < 3; s++) {
        const candidate = inputs.buffers.likelihood[day - 1][s] + transition(s, state);
        if (candidate > best) {
          best = candidate;
          from = s;
        }
      }
    }
    inputs.buffers.likelihood[day][state] = best + emission(state, inputs.buffers.seen[day]);
    inputs.buffers.before[day][state] = from;
  });
  const trace = await gpu.createKernel((inputs) => {
    let day = dim(inputs.buffers.path) - 1;
    let state = 0;
    for (let s = 1; s < 3; s++) {
      if (inputs.buffers.likelihood[day][s] > inputs.buffers.likelihood[day][state]) state = s;
    }
    while (day >= 0) {
      inputs.buffers.path[day] = state;
      state = inputs.buffers.before[day--][state];
    }
  });
  for (let day = 0; day < days; day++) {
    gpu.setUniforms({ day });
    step.run(3);
  }
  trace.run(1);
  await gpu.readBuffer('likelihood', { relative: 1e-4, absolute: 1e-4 });
  await gpu.readBuffer('before');
  await gpu.readBuffer('path');
}
