export const title = 'a convolution layer with bias and ReLU, max pooling, and a classifier on top';

export default async function ({ GPUInterface, dim }) {
  const [channels, size, filters, classes] = [2, 10, 3, 4];
  // Nested arrays of these extents.
  const fill = (value, n, ...rest) =>
    Array.from({ length: n }, (_, i) => (rest.length ? fill((...at) => value(i, ...at), ...rest) : value(i)));
  const [image, kernels, weights] = [[channels, size, size], [filters, channels, 9], [classes, filters * (size / 2) ** 2]];
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'image', size: image, initialData: fill((c, x, y) => ((x * (3 + c) + y * 5) % 7) / 7, ...image) },
      { name: 'kernels', size: kernels, initialData: fill((f, c, k) => ((f * 4 + c * 3 + k * 5) % 9) / 9 - 0.5, ...kernels) },
      { name: 'bias', size: [filters], initialData: [0.1, -0.2, 0.05] },
      { name: 'features', size: [filters, size, size] },
      { name: 'pooled', size: [filters, size / 2, size / 2] },
      { name: 'weights', size: weights, initialData: fill((i, j) => ((i * 7 + j * 3) % 11) / 11 - 0.45, ...weights) },
      { name: 'logits', size: [classes] },
    ],
  }).initialize();
  const convolve = await gpu.createKernel((inputs) => {
    const filter = inputs.threadId.x;
    let sum = inputs.buffers.bias[filter];
    for (let channel = 0; channel < dim(inputs.buffers.image).x; channel++) {
      for (let k = 0; k < 9; k++) {
        const x = inputs.threadId.y + (k % 3) - 1;
        const y = inputs.threadId.z + Math.floor(k / 3) - 1;
        // Beyond the border there are zeros.
        sum += inputs.buffers.kernels[filter][channel][k] * inputs.buffers.image[channel][x][y];
      }
    }
    inputs.buffers.features[filter][inputs.threadId.y][inputs.threadId.z] = Math.max(0, sum);
  });
  const pool = await gpu.createKernel((inputs) => {
    let most = -Infinity;
    for (let dx = 0; dx < 2; dx++) {
      for (let dy = 0; dy < 2; dy++) {
        most = Math.max(most, inputs.buffers.features[inputs.threadId.x][2 * inputs.threadId.y + dx][2 * inputs.threadId.z + dy]);
      }
    }
    inputs.buffers.pooled[inputs.threadId] = most;
  });
  const classify = await gpu.createKernel((inputs) => {
    const size = dim(inputs.buffers.pooled);
    let sum = 0;
    let flat = 0;
    for (let f = 0; f < size.x; f++) {
      for (let x = 0; x < size.y; x++) {
        for (let y = 0; y < size.z; y++) sum += inputs.buffers.weights[inputs.threadId.x][flat++] * inputs.buffers.pooled[f][x][y];
      }
    }
    inputs.buffers.logits[inputs.threadId.x] = sum;
  });
  convolve.run(filters, size, size);
  pool.run(filters, size / 2, size / 2);
  classify.run(classes);
  await gpu.readBuffer('features', { relative: 1e-4, absolute: 1e-5 });
  await gpu.readBuffer('pooled', { relative: 1e-4, absolute: 1e-5 });
  await gpu.readBuffer('logits', { relative: 1e-4, absolute: 1e-4 });
}
