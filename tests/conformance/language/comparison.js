export const title = 'comparisons of numbers, also with infinities, NaN and −0';

export default async function ({ check }) {
  const n = [0, -0, 1, -1, 0.5, Infinity, -Infinity, NaN];
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const j = inputs.threadId.y;
      const a = inputs.buffers.n[i];
      const b = inputs.buffers.n[j];
      let bits = 0;
      if (a < b) bits += 1;
      if (a <= b) bits += 2;
      if (a > b) bits += 4;
      if (a >= b) bits += 8;
      if (a === b) bits += 16;
      if (a !== b) bits += 32;
      if (a == b) bits += 64;
      if (a != b) bits += 128;
      if (!(a < b)) bits += 256;
      if (!(a >= b)) bits += 512;
      if (!(a === b)) bits += 1024;
      inputs.buffers.out[i][j] = bits;
    },
    { out: { size: [8, 8] }, buffers: { n } },
  );
}
