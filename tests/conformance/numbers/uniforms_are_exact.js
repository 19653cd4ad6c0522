export const title = 'uniforms are the numbers that were set, and integers where they are';

export default async function ({ check, GPUInterface }) {
  await check(
    (inputs) => {
      const big = inputs.uniforms.big;
      inputs.buffers.out[0] = big;
      inputs.buffers.out[1] = (Math.floor(big) + 1) % 1000;
      inputs.buffers.out[2] = Math.ceil(inputs.uniforms.n / 2);
      inputs.buffers.out[3] = (inputs.threadId.x + 16777219) % inputs.uniforms.w;
      inputs.buffers.out[4] = inputs.uniforms.fraction;
      inputs.buffers.out[5] = inputs.uniforms.most;
    },
    {
      out: { size: [6], type: 'f64' },
      run: [1],
      uniforms: { big: 70000000, n: 16777217, w: 16777218, fraction: 0.1, most: 9007199254740991 },
      tolerance: 'bits',
    },
  );
  const gpu = await new GPUInterface({
    buffers: [{ name: 'out', type: 'f64', size: [4] }],
    uniforms: { n: 5 },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.out[i] = i * inputs.uniforms.n + 1;
  });
  for (const n of [5, 16777217, 0.5, 2147483648, -0, -3, 4294967297, 1e300, NaN, 7]) {
    gpu.setUniforms({ n });
    kernel.run(4);
    await gpu.readBuffer('out', 'bits');
  }
}
