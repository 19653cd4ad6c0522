export const title = 'NaN: unequal to itself, spreads through arithmetic, chooses the false branch';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const x = inputs.buffers.x[i];
      inputs.buffers.out[8 * i] = x !== x ? 1 : 0;
      inputs.buffers.out[8 * i + 1] = x === x ? 1 : 0;
      inputs.buffers.out[8 * i + 2] = x + 1;
      inputs.buffers.out[8 * i + 3] = x * 0;
      inputs.buffers.out[8 * i + 4] = x > 0 ? 1 : 2;
      inputs.buffers.out[8 * i + 5] = !(x <= 0) ? 1 : 2;
      inputs.buffers.out[8 * i + 6] = x - x;
      inputs.buffers.out[8 * i + 7] = Math.abs(x) < 1 / inputs.uniforms.zero ? 1 : 2;
    },
    { out: 32, run: [4], buffers: { x: [NaN, 1, Infinity, -2] }, uniforms: { zero: 0 } },
  );
}
