export const title = 'indices with uniforms in them: a flat picture whose width is a uniform, whole and broken';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'image', type: 'u32', size: [60] },
      { name: 'sums', type: 'i32', size: [12] },
    ],
    uniforms: { width: 12, radius: 2 },
  }).initialize();
  const paint = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    inputs.buffers.image[y * inputs.uniforms.width + x] = 1000 * y + x + 1;
  });
  const blur = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x;
    const width = inputs.uniforms.width;
    let sum = 0;
    for (let d = -inputs.uniforms.radius; d <= inputs.uniforms.radius; d++) {
      const at = Math.min(Math.max(x + d, 0), width - 1);
      sum += inputs.buffers.image[2 * width + at];
    }
    inputs.buffers.sums[x] = sum;
  });
  for (const [width, radius] of [[12, 2], [12, 0], [12, 7], [10.5, 1.5], [12, 5000], [1, 1], [-3, 1], [12, 3]]) {
    gpu.writeBuffer('image', new Uint32Array(60));
    gpu.setUniforms({ width, radius });
    // Where elements coincide or rows overlap there would be a race.
    paint.run(width === 12 ? 12 : 1, 5);
    blur.run(12);
    await gpu.readBuffer('image', 'exact');
    await gpu.readBuffer('sums', 'exact');
  }
}
