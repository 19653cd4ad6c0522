export const title = 'indices computed from integers beyond 32 bits, whole and out of range, and elements past 2^24';

export default async function ({ check, GPUInterface }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const far = inputs.buffers.a[i] * 65536;
      inputs.buffers.out[i][0] = inputs.buffers.table[far / 65536];
      inputs.buffers.out[i][1] = inputs.buffers.table[far % 5];
      inputs.buffers.out[i][2] = inputs.buffers.table[far];
      inputs.buffers.out[i][3] = inputs.buffers.table[Math.min(Math.max(far, 0), 3)];
      inputs.buffers.out[i][(far / 65536) * 4] = 9;
      inputs.buffers.out[i][far + 4] += 1;
    },
    {
      out: { size: [7, 6] },
      run: [7],
      buffers: { a: Int32Array.of(0, 1, -1, 2, 65536, 2147483647, -2147483648), table: [10, 20, 30, 40] },
      tolerance: 'exact',
    },
  );
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'picture', type: 'u8', size: [16777300] },
      { name: 'out', type: 'u8', size: [48] },
    ],
    uniforms: { width: 4194309, row: 4 },
  }).initialize();
  const paint = await gpu.createKernel((inputs) => {
    const x = inputs.threadId.x;
    inputs.buffers.picture[inputs.uniforms.row * inputs.uniforms.width + x - 30] = x + 1;
  });
  const look = await gpu.createKernel((inputs) => {
    inputs.buffers.out[inputs.threadId.x] = inputs.buffers.picture[16777206 + inputs.threadId.x];
  });
  paint.run(40);
  look.run(48);
  await gpu.readBuffer('out', 'exact');
}
