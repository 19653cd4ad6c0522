export const title = 'the bits of singles, and singles of bits';

export default async function ({ check, floatBits, fromFloatBits }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      const bits = floatBits(x);
      inputs.buffers.out[i] = bits;
      inputs.buffers.out[i + 8] = bits >>> 23;
      inputs.buffers.out[i + 16] = floatBits(x * 0.5 + 0.1) & 0xff800000;
      inputs.buffers.out[i + 24] = floatBits(fromFloatBits(bits ^ 0x80000000));
      inputs.buffers.out[i + 32] = floatBits(i);
      inputs.buffers.out[i + 40] = floatBits(-2.5) + floatBits(0.1);
    },
    { out: { size: [48], type: 'f64' }, buffers: { x: Float32Array.of(0, -0, 1, -1.5, 3.4e38, Infinity, -Infinity, 1e-30) }, run: [8], tolerance: 'bits' },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const guess = fromFloatBits(0x5f3759df - (floatBits(inputs.buffers.x[i]) >> 1));
      inputs.buffers.out[i] = guess * (1.5 - 0.5 * inputs.buffers.x[i] * guess * guess);
    },
    { out: 4, buffers: { x: Float32Array.of(1, 2, 0.25, 100) } },
  );
}
