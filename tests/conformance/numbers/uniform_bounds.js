export const title = 'loops up to uniforms, integral and fractional ones in turn';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'out', type: 'f64', size: [3] }],
    uniforms: { a: 0, b: 10 },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    let rounds = 0;
    let last = 0;
    for (let t = inputs.uniforms.a; t < inputs.uniforms.b; t += 1) {
      rounds++;
      last = t;
    }
    inputs.buffers.out[0] = rounds;
    inputs.buffers.out[1] = last;
    inputs.buffers.out[2] = last * inputs.uniforms.b;
  });
  const bounds = [
    [0, 10], [16777214, 16777218], [0.5, 10], [2147483640, 2147483650], [4294967290, 4294967300], [-2147483650, -2147483645],
    [9007199254740980, 9007199254740990], [3, 3], [0, 2.25], [7, NaN], [1, 6],
  ];
  for (const [a, b] of bounds) {
    gpu.setUniforms({ a, b });
    kernel.run(1);
    await gpu.readBuffer('out', 'bits');
  }
}
