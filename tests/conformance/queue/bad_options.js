export const title = 'an interface with impossible options is refused by its constructor';

export default async function ({ GPUInterface, fails, vec2 }) {
  const buffer = (spec) => () => new GPUInterface({ buffers: [{ name: 'a', size: [2], ...spec }] });
  for (const make of [
    buffer({ type: 'vec2', initialData: [1, 2] }),
    buffer({ initialData: [[1, 2]] }),
    buffer({ initialData: [1] }),
    buffer({ initialData: [1, 2, 3] }),
    buffer({ initialData: [1, vec2(1, 2)] }),
    buffer({ initialData: [] }),
    buffer({ type: 'i64' }),
    buffer({ type: 'boolean', initialData: [1, 0] }),
    buffer({ initialData: new BigInt64Array(2) }),
    buffer({ type: 'i32', initialData: new Float32Array(2) }),
    buffer({ size: [] }),
    buffer({ size: [0] }),
    buffer({ size: [-1] }),
    buffer({ size: [1.5] }),
    buffer({ size: [1, 1, 1, 1] }),
    buffer({ name: 'hpc__a' }),
    buffer({ name: '' }),
    buffer({ name: '1a' }),
    () => new GPUInterface({ buffers: [{ name: 'a', size: [1] }, { name: 'a', size: [2] }] }),
    () => new GPUInterface({ uniforms: { a: 'text' } }),
    () => new GPUInterface({ uniforms: { a: [] } }),
    () => new GPUInterface({ uniforms: { a: new Uint8ClampedArray(1) } }),
    () => new GPUInterface({ options: { numRandSeeds: 0 } }),
  ]) {
    await fails(make);
  }
}
