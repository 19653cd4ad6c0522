export const title = 'a histogram where each thread counts for its own bin';

export default async function ({ GPUInterface, dim }) {
  const data = Array.from({ length: 500 }, (_, i) => ((i * i * 31 + 7) % 257) / 257);
  const gpu = await new GPUInterface({
    buffers: [{ name: 'data', size: [500], initialData: data }, { name: 'bins', size: [16] }],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const bins = dim(inputs.buffers.bins);
    let count = 0;
    for (let i = 0; i < dim(inputs.buffers.data); i++) {
      if (Math.floor(inputs.buffers.data[i] * bins) === inputs.threadId.x) count++;
    }
    inputs.buffers.bins[inputs.threadId.x] = count;
  });
  kernel.run(16);
  await gpu.readBuffer('bins');
}
