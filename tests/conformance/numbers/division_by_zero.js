export const title = 'division by zero gives infinities and NaN';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const n = inputs.buffers.n[i];
      const zero = inputs.uniforms.zero;
      inputs.buffers.out[5 * i] = n / zero;
      inputs.buffers.out[5 * i + 1] = n / -zero;
      inputs.buffers.out[5 * i + 2] = i / zero;
      inputs.buffers.out[5 * i + 3] = (i - 2) / inputs.buffers.n[2];
      inputs.buffers.out[5 * i + 4] = 1 / (n / zero);
    },
    { out: 25, run: [5], buffers: { n: [1, -1, 0, Infinity, 2.5] }, uniforms: { zero: 0 } },
  );
}
