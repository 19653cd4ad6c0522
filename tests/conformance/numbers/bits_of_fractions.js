export const title = 'bit operators truncate fractions and wrap what is out of range; NaN and infinities are 0';

export default async function ({ check }) {
  const n = [0.5, 1.9, -1.9, 2.999, -0.5, 4294967296.0, 4294967808, -4294967808, 8589934592, 1e20, NaN, Infinity, -Infinity];
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = inputs.buffers.n[i];
      inputs.buffers.out[6 * i] = a | 0;
      inputs.buffers.out[6 * i + 1] = ~~a;
      inputs.buffers.out[6 * i + 2] = (a >>> 0) & 65535;
      inputs.buffers.out[6 * i + 3] = a ^ 5;
      inputs.buffers.out[6 * i + 4] = (a & 1023) << 2;
      inputs.buffers.out[6 * i + 5] = 1 << a;
    },
    { out: 78, run: [13], buffers: { n } },
  );
}
