export const title = 'the element type comes from the data or the declaration, and is number by default';

export default async function ({ GPUInterface, vec2, fails }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'plain', size: [2, 2] },
      { name: 'declared', size: [2], type: 'vec3' },
      { name: 'inferred', size: [1, 2], initialData: [[vec2(1, 2), vec2(3, 4)]] },
      { name: 'both', size: [1], type: 'number', initialData: [5] },
    ],
  }).initialize();
  for (const name of ['plain', 'declared', 'inferred', 'both']) {
    await gpu.readBuffer(name);
  }
}
