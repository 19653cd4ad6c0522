export const title = 'a multiplying hash with Math.imul, bit for bit';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function hash(value = types.number) {
        let h = value;
        h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
        h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
        return (h ^ (h >>> 16)) >>> 0;
      }
      const i = inputs.threadId.x;
      const h = hash(Math.imul(i, 7919) ^ 1);
      inputs.buffers.out[3 * i] = h & 65535;
      inputs.buffers.out[3 * i + 1] = h >>> 16;
      inputs.buffers.out[3 * i + 2] = Math.clz32(h);
    },
    { out: 300, run: [100] },
  );
}
