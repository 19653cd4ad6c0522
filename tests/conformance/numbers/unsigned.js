export const title = '>>> gives numbers up to 2^32 − 1 that compare, divide and add as such';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const u = (i - 3) >>> 0;
      const h = (i - 3) >>> 1;
      let bits = 0;
      if (u > 2147483647) bits += 1;
      if (u < 5) bits += 2;
      if (u > h) bits += 4;
      if ((u | 0) === -1) bits += 8;
      if (u >= 0) bits += 16;
      inputs.buffers.out[5 * i] = bits;
      inputs.buffers.out[5 * i + 1] = u / 65536;
      inputs.buffers.out[5 * i + 2] = u + 4294967296;
      inputs.buffers.out[5 * i + 3] = -u;
      inputs.buffers.out[5 * i + 4] = Math.max(u, 7);
    },
    { out: 30, run: [6], tolerance: 'arithmetic' },
  );
}
