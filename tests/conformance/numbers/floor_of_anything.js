export const title = 'floor, ceil, round and trunc of values far beyond the integers, infinite or NaN';

export default async function ({ check }) {
  const n = [1e10, -1e10, 3e38, 2147483648, -2147483904, 4294967296, Infinity, -Infinity, NaN, 1e-20, -1e-20];
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = Math.floor(inputs.buffers.n[i]);
      const b = Math.ceil(inputs.buffers.n[i]);
      const c = Math.round(inputs.buffers.n[i]) + 1;
      const d = Math.trunc(inputs.buffers.n[i]) * 2;
      inputs.buffers.out[4 * i] = a;
      inputs.buffers.out[4 * i + 1] = b;
      inputs.buffers.out[4 * i + 2] = c;
      inputs.buffers.out[4 * i + 3] = d;
    },
    { out: 44, run: [11], buffers: { n }, tolerance: 'arithmetic' },
  );
}
