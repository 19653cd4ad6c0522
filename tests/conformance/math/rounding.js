export const title = 'floor, ceil, round, trunc, abs and sign are exact';

export default async function ({ check }) {
  const x = Array.from({ length: 65 }, (_, i) => (i - 32) / 8);
  x.push(Infinity, -Infinity, NaN, -0, 1e9, -123456.5);
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[i][0] = Math.floor(x);
      inputs.buffers.out[i][1] = Math.ceil(x);
      inputs.buffers.out[i][2] = Math.round(x);
      inputs.buffers.out[i][3] = Math.trunc(x);
      inputs.buffers.out[i][4] = Math.abs(x);
      inputs.buffers.out[i][5] = Math.sign(x);
    },
    { out: { size: [x.length, 6] }, run: [x.length], buffers: { x }, tolerance: 'exact' },
  );
}
