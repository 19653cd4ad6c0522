export const title = 'a head of attention: scores, softmax, values and layer normalization';

export default async function ({ GPUInterface, dim }) {
  const [tokens, width] = [10, 6];
  const numbers = (seed) =>
    Array.from({ length: tokens }, (_, i) => Array.from({ length: width }, (_, j) => Math.sin(seed + i * 1.7 + j * 0.9)));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'query', size: [tokens, width], initialData: numbers(1) },
      { name: 'key', size: [tokens, width], initialData: numbers(2) },
      { name: 'value', size: [tokens, width], initialData: numbers(3) },
      { name: 'weights', size: [tokens, tokens] },
      { name: 'mixed', size: [tokens, width] },
    ],
    uniforms: { isCausal: false, epsilon: 1e-5 },
  }).initialize();
  const score = await gpu.createKernel((inputs) => {
    const token = inputs.threadId.x;
    const other = inputs.threadId.y;
    const width = dim(inputs.buffers.query[token]);
    let product = 0;
    for (let j = 0; j < width; j++) product += inputs.buffers.query[token][j] * inputs.buffers.key[other][j];
    const isHidden = inputs.uniforms.isCausal && other > token;
    inputs.buffers.weights[token][other] = isHidden ? -Infinity : product / Math.sqrt(width);
  });
  const softmax = await gpu.createKernel((inputs) => {
    const token = inputs.threadId.x;
    const tokens = dim(inputs.buffers.weights).y;
    let most = -Infinity;
    for (let k = 0; k < tokens; k++) most = Math.max(most, inputs.buffers.weights[token][k]);
    let sum = 0;
    for (let k = 0; k < tokens; k++) {
      const e = Math.exp(inputs.buffers.weights[token][k] - most);
      inputs.buffers.weights[token][k] = e;
      sum += e;
    }
    for (let k = 0; k < tokens; k++) inputs.buffers.weights[token][k] /= sum;
  });
  const mix = await gpu.createKernel((inputs) => {
    const token = inputs.threadId.x;
    let sum = 0;
    for (let k = 0; k < dim(inputs.buffers.weights).y; k++) {
      sum += inputs.buffers.weights[token][k] * inputs.buffers.value[k][inputs.threadId.y];
    }
    inputs.buffers.mixed[token][inputs.threadId.y] = sum;
  });
  const normalize = await gpu.createKernel((inputs) => {
    const token = inputs.threadId.x;
    const width = dim(inputs.buffers.mixed).y;
    let mean = 0;
    let variance = 0;
    for (let j = 0; j < width; j++) mean += inputs.buffers.mixed[token][j] / width;
    for (let j = 0; j < width; j++) variance += (inputs.buffers.mixed[token][j] - mean) ** 2 / width;
    for (let j = 0; j < width; j++) {
      inputs.buffers.mixed[token][j] = (inputs.buffers.mixed[token][j] - mean) / Math.sqrt(variance + inputs.uniforms.epsilon);
    }
  });
  for (const isCausal of [false, true]) {
    gpu.setUniforms({ isCausal });
    score.run(tokens, tokens);
    softmax.run(tokens);
    mix.run(tokens, width);
    normalize.run(tokens);
    await gpu.readBuffer('weights', { relative: 1e-3, absolute: 1e-5 });
    await gpu.readBuffer('mixed', { relative: 1e-3, absolute: 1e-3 });
  }
}
