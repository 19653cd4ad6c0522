export const title = 'buffers and uniforms hold single precision';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      inputs.buffers.out[3 * i] = inputs.buffers.x[i];
      inputs.buffers.out[3 * i + 1] = inputs.uniforms.tenth;
      inputs.buffers.out[3 * i + 2] = 16777216 + i;
    },
    {
      out: 12,
      run: [4],
      buffers: { x: [0.1, 16777217, 1e-45, 3.5e38] },
      uniforms: { tenth: 0.1 },
      tolerance: { relative: 0, absolute: 1e-37 },
    },
  );
}
