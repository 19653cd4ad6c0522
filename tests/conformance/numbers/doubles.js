export const title = 'f64 buffers and Float64Array uniforms: + − × / % sqrt and rounding to the last bit';

const A = Float64Array.of(0, -0, 0.1, -0.3, 1 / 3, 2, 16777217.25, 1e-300, 1e300, 5e-324, 2.2250738585072014e-308, Infinity, NaN);

export default async function ({ pairs, GPUInterface }) {
  await pairs(['a + b', 'a * b', 'a / b', 'a % b', '(a - b) * (a + b)'], A, A);
  await pairs(['Math.sqrt(a)', 'Math.fround(a)', 'Math.round(a)', 'a * a - a'], A, Uint8Array.of(0));
  const gpu = await new GPUInterface({
    buffers: [{ name: 'out', type: 'f64', size: [4] }],
    uniforms: { doubles: Float64Array.of(0.1, 0.2, 1e16, 3) },
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    let sum = 0;
    let error = 0;
    // Kahan's sum, which contraction and reordering would spoil.
    for (let k = 0; k <= inputs.threadId.x; k++) {
      const y = inputs.uniforms.doubles[k] - error;
      const t = sum + y;
      error = t - sum - y;
      sum = t;
    }
    inputs.buffers.out[inputs.threadId.x] = sum * 3 + error;
  });
  kernel.run(4);
  await gpu.readBuffer('out', 'bits');
}
