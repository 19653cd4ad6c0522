export const title = 'kernels without control flow, in runs shorter and longer than their buffers';

const count = 1500;

export default async function ({ GPUInterface, dim, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'a', size: [count], initialData: Array.from({ length: count }, (_, i) => i % 97) },
      { name: 'b', size: [count], initialData: Array.from({ length: count }, (_, i) => 3 - (i % 11)) },
      { name: 'pairs', size: [count], initialData: Array.from({ length: count }, (_, i) => vec2(i % 13, i % 17)) },
      { name: 'reversed', size: [count] },
    ],
    uniforms: { k: 3 },
  }).initialize();
  const saxpy = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const x = inputs.buffers.a[i];
    inputs.buffers.b[i] = inputs.uniforms.k * x + inputs.buffers.b[i];
  });
  const swap = await gpu.createKernel((inputs) => {
    let pair = inputs.buffers.pairs[inputs.threadId.x];
    const old = pair.x;
    pair.x = pair.y;
    pair.y = old + 1;
    inputs.buffers.pairs[inputs.threadId.x] = pair;
    inputs.buffers.reversed[dim(inputs.buffers.reversed) - 1 - inputs.threadId.x] = inputs.threadId.x * 2;
  });
  for (const threads of [1, 3, 255, 1024, 1025, count, count + 1, 4 * count]) {
    saxpy.run(threads);
    swap.run(threads);
  }
  await gpu.readBuffer('b');
  await gpu.readBuffer('pairs');
  await gpu.readBuffer('reversed');
}
