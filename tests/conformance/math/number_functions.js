export const title = 'Number, Boolean, isNaN and isFinite, and what Number has';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const { values, out } = inputs.buffers;
      const i = inputs.threadId.x;
      const v = values[i];
      let bits = 0;
      bits += Number.isNaN(v) ? 1 : 0;
      bits += isNaN(v / 2) ? 2 : 0;
      bits += Number.isFinite(v) ? 4 : 0;
      bits += isFinite(-v) ? 8 : 0;
      bits += Number.isInteger(v) ? 16 : 0;
      bits += Number.isSafeInteger(v * 2 ** 40) ? 32 : 0;
      bits += Number(v > 1) * 64 + Number(i) * 128;
      bits += Boolean(v) ? 1024 : 0;
      bits += Number.isInteger(v > 1) || Number.isNaN(v > 1) ? 2048 : 0;
      bits += isNaN(i > 1) || !isFinite(i > 1) ? 4096 : 0;
      out[i] = bits;
    },
    { out: 7, buffers: { values: [0, 1, -2.5, 3e8, NaN, Infinity, -Infinity] } },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const { EPSILON } = { EPSILON: Number.EPSILON };
      const large = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][i];
      inputs.buffers.out[i] = large / 2 ** 20 + EPSILON * 2 ** 52 + (Number.isNaN(Number.NaN) ? 1 : 0) + (Number.MAX_VALUE > 1e308 ? 2 : 0);
    },
    { out: 4 },
  );
}
