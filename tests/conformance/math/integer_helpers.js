export const title = 'fround, imul and clz32';

export default async function ({ check }) {
  const n = [0, 1, -1, 3, 255, 65536, -65536, 16777215, 0.5, -2.5];
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = inputs.buffers.n[i];
      inputs.buffers.out[5 * i] = Math.fround(a);
      inputs.buffers.out[5 * i + 1] = Math.imul(a, 3);
      inputs.buffers.out[5 * i + 2] = Math.imul(a, 65537) & 65535;
      inputs.buffers.out[5 * i + 3] = Math.imul(i + 100000, 100000) >>> 16;
      inputs.buffers.out[5 * i + 4] = Math.clz32(a);
    },
    { out: 50, run: [10], buffers: { n }, tolerance: 'exact' },
  );
}
