export const title = 'π by counting points of a hash within the circle';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function hash(n = types.number) {
        let h = Math.imul(n ^ 61, 9);
        h = Math.imul(h ^ (h >>> 4), 668265261);
        return (h ^ (h >>> 15)) & 4095;
      }
      let inside = 0;
      for (let k = 0; k < 200; k++) {
        const x = hash(inputs.threadId.x * 400 + 2 * k);
        const y = hash(inputs.threadId.x * 400 + 2 * k + 1);
        if (x * x + y * y < 4096 * 4096) inside++;
      }
      inputs.buffers.out[inputs.threadId.x] = inside;
    },
    { out: 64, tolerance: 'exact' },
  );
}
