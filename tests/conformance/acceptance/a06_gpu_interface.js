export const title = 'A6: the interface of the GPUInterface page';

export default async function ({ GPUInterface, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'numbers', size: [6], initialData: [1, 2, 3, 4, 5, 6] },
      { name: 'zeros', size: [100, 100], type: 'number' },
      { name: 'vectors', size: [3], initialData: [vec2(40.6892, 74.0445), vec2(48.8584, 2.2945), vec2(29.9792, 31.1342)] },
    ],
    uniforms: { position: vec2(1, 2), amount: 5 },
  }).initialize();
  await gpu.readBuffer('numbers');
  await gpu.readBuffer('zeros');
  await gpu.readBuffer('vectors', 'bits');
}
