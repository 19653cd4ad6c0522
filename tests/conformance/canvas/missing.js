export const title = 'updateCanvas without a canvas is an error';

export default async function ({ GPUInterface, fails }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [1] }] }).initialize();
  await fails(() => gpu.updateCanvas());
  await gpu.readBuffer('a');
}
