export const title = 'a hash of a product that could exceed 32 bits: only its low bits matter';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function hash(value = types.number) {
        let h = value;
        h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
        h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
        return (h ^ (h >>> 16)) & 65535;
      }
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = hash(i * 7919 + 1);
    },
    { out: 100 },
  );
}
