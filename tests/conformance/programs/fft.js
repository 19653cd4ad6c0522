export const title = 'a radix-2 Fourier transform: bit reversal, then one run a stage';

export default async function ({ GPUInterface, vec2, dim }) {
  const n = 32;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'signal', size: [n], initialData: Array.from({ length: n }, (_, i) => vec2(((i * 11) % 13) / 4, (i % 3) - 1)) },
      { name: 'a', size: [n], type: 'vec2' },
      { name: 'b', size: [n], type: 'vec2' },
    ],
    uniforms: { half: 1 },
  }).initialize();
  const reverse = await gpu.createKernel((inputs) => {
    let index = inputs.threadId.x;
    let reversed = 0;
    for (let size = dim(inputs.buffers.signal); size > 1; size >>= 1) {
      reversed = (reversed << 1) | (index & 1);
      index >>= 1;
    }
    inputs.buffers.a[reversed] = inputs.buffers.signal[inputs.threadId.x];
  });
  const stage = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const half = inputs.uniforms.half;
    const k = i % half;
    const upper = i % (2 * half) < half;
    const partner = upper ? i + half : i - half;
    const angle = (-Math.PI * k) / half;
    const twiddle = vec2(Math.cos(angle), Math.sin(angle));
    if (upper) {
      inputs.buffers.b[i] = inputs.buffers.a[i].plus(inputs.buffers.a[partner].cplxTimes(twiddle));
    } else {
      inputs.buffers.b[i] = inputs.buffers.a[partner].minus(inputs.buffers.a[i].cplxTimes(twiddle));
    }
  });
  reverse.run(n);
  for (let half = 1; half < n; half *= 2) {
    gpu.setUniforms({ half });
    stage.run(n);
    gpu.copyBuffer('b', 'a');
  }
  await gpu.readBuffer('a', { relative: 1e-3, absolute: 2e-2 });
}
