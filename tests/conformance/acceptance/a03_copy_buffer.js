export const title = 'A3: copyBuffer and what it refuses';

export default async function ({ GPUInterface, fails, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'source', size: [4], initialData: [9, 9, 9, 9] },
      { name: 'target', size: [4] },
      { name: 'long', size: [60] },
      { name: 'pairs', size: [2], type: 'vec2' },
      { name: 'wide', size: [2, 3], type: 'vec2' },
      { name: 'high', size: [3, 2], type: 'vec2' },
    ],
  }).initialize();
  gpu.copyBuffer('source', 'target');
  await gpu.readBuffer('target');
  await fails(() => gpu.copyBuffer('source', 'long'));
  await gpu.readBuffer('long');
  await fails(() => gpu.copyBuffer('source', 'pairs'));
  await fails(() => gpu.copyBuffer('wide', 'high'));
  await fails(() => gpu.copyBuffer('source', 'unknown'));
  await fails(() => gpu.copyBuffer('unknown', 'source'));
  await gpu.readBuffer('source');
}
