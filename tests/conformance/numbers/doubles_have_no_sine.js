export const title = 'transcendental functions of doubles are refused rather than computed in singles';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'x', type: 'f64', size: [4] },
      { name: 'y', size: [4] },
    ],
  }).initialize();
  await gpu.rejects((inputs) => {
    inputs.buffers.x[inputs.threadId.x] = Math.sin(inputs.buffers.x[inputs.threadId.x]);
  }, 'HPC0210');
}
