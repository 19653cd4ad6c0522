export const title = 'a network of two layers that learns XOR by backpropagation';

export default async function ({ GPUInterface, types, vec3 }) {
  const hidden = 4;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'samples', size: [4], initialData: [vec3(0, 0, 0), vec3(0, 1, 1), vec3(1, 0, 1), vec3(1, 1, 0)] },
      // Two weights and a bias for each neuron.
      { name: 'inner', size: [hidden], initialData: [vec3(2, 1.8, -0.8), vec3(-1.5, -1, 1.6), vec3(0.5, -1, 0.3), vec3(1, 0.6, -1.4)] },
      { name: 'outer', size: [hidden + 1], initialData: [1, 0.8, -0.4, -1.1, 0.1] },
      { name: 'activity', size: [4, hidden] },
      { name: 'guess', size: [4] },
      { name: 'loss', size: [1] },
    ],
    uniforms: { rate: 1 },
  }).initialize();
  const forward = await gpu.createKernel((inputs) => {
    function sigmoid(x = types.number) {
      return 1 / (1 + Math.exp(-x));
    }
    const sample = inputs.threadId.x;
    const x = vec3(inputs.buffers.samples[sample].xy, 1);
    let sum = inputs.buffers.outer[4];
    for (let h = 0; h < 4; h++) {
      const activity = sigmoid(inputs.buffers.inner[h].dot(x));
      inputs.buffers.activity[sample][h] = activity;
      sum += inputs.buffers.outer[h] * activity;
    }
    inputs.buffers.guess[sample] = sigmoid(sum);
  });
  const learnInner = await gpu.createKernel((inputs) => {
    const h = inputs.threadId.x;
    let gradient = vec3(0);
    for (let sample = 0; sample < 4; sample++) {
      const error = inputs.buffers.guess[sample] - inputs.buffers.samples[sample].z;
      const a = inputs.buffers.activity[sample][h];
      gradient = gradient.plus(vec3(inputs.buffers.samples[sample].xy, 1).times(error * inputs.buffers.outer[h] * a * (1 - a)));
    }
    inputs.buffers.inner[h] = inputs.buffers.inner[h].minus(gradient.times(inputs.uniforms.rate));
  });
  const learnOuter = await gpu.createKernel((inputs) => {
    const h = inputs.threadId.x;
    let gradient = 0;
    for (let sample = 0; sample < 4; sample++) {
      const error = inputs.buffers.guess[sample] - inputs.buffers.samples[sample].z;
      gradient += h < 4 ? error * inputs.buffers.activity[sample][h] : error;
    }
    inputs.buffers.outer[h] -= inputs.uniforms.rate * gradient;
  });
  const measure = await gpu.createKernel((inputs) => {
    let loss = 0;
    for (let sample = 0; sample < 4; sample++) {
      const isTrue = inputs.buffers.samples[sample].z === 1;
      loss -= Math.log(isTrue ? inputs.buffers.guess[sample] : 1 - inputs.buffers.guess[sample]);
    }
    inputs.buffers.loss[0] = loss;
  });
  for (let epoch = 0; epoch < 60; epoch++) {
    forward.run(4);
    learnInner.run(hidden);
    learnOuter.run(hidden + 1);
  }
  forward.run(4);
  measure.run(1);
  await gpu.readBuffer('guess', { relative: 1e-2, absolute: 1e-3 });
  await gpu.readBuffer('inner', { relative: 1e-2, absolute: 1e-3 });
  await gpu.readBuffer('loss', { relative: 1e-2, absolute: 1e-3 });
}
