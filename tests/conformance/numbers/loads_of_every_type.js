export const title = 'elements of buffers of every type are the numbers that the typed arrays hold';

export default async function ({ GPUInterface }) {
  const arrays = {
    i32: Int32Array.of(0, -1, 2147483647, -2147483648, 16777217),
    u32: Uint32Array.of(0, 1, 4294967295, 2147483648, 16777217),
    i16: Int16Array.of(0, -1, 32767, -32768, 7),
    u16: Uint16Array.of(0, 1, 65535, 32768, 7),
    i8: Int8Array.of(0, -1, 127, -128, 7),
    u8: Uint8Array.of(0, 1, 255, 128, 7),
    clamped: Uint8ClampedArray.of(0, 1, 255, 128, 7),
    f64: Float64Array.of(-0, 0.1, 9007199254740991, 5e-324, -1e300),
    single: Float32Array.of(-0, 0.1, 16777216, 1e-45, -3e38),
    flag: [true, false, true, true, false],
    half: [-0, 0.1, 65504, 6e-8, -2049],
  };
  const gpu = await new GPUInterface({
    buffers: [
      ...Object.entries(arrays).map(([name, initialData]) => ({
        name, size: [5], initialData, ...(name === 'half' && { type: 'f16' }),
      })),
      { name: 'out', type: 'f64', size: [5, 12] },
    ],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.out[i][0] = inputs.buffers.i32[i] - 1;
    inputs.buffers.out[i][1] = inputs.buffers.u32[i] + 1;
    inputs.buffers.out[i][2] = inputs.buffers.i16[i] * 65536;
    inputs.buffers.out[i][3] = inputs.buffers.u16[i] * 65536;
    inputs.buffers.out[i][4] = inputs.buffers.i8[i];
    inputs.buffers.out[i][5] = inputs.buffers.u8[i];
    inputs.buffers.out[i][6] = inputs.buffers.clamped[i];
    inputs.buffers.out[i][7] = inputs.buffers.f64[i];
    inputs.buffers.out[i][8] = inputs.buffers.single[i];
    inputs.buffers.out[i][9] = inputs.buffers.flag[i] ? 1 : 0;
    inputs.buffers.out[i][10] = inputs.buffers.half[i];
    inputs.buffers.out[i][11] = inputs.buffers.i8[i + 4] + inputs.buffers.u32[i - 1];
  });
  kernel.run(5);
  await gpu.readBuffer('out', 'bits');
}
