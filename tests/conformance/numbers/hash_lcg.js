export const title = 'a linear congruential generator within 2^31';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let seed = i % 139968;
      for (let k = 0; k < 10; k++) {
        seed = (seed * 3877 + 29573) % 139968;
      }
      inputs.buffers.out[i] = seed;
    },
    { out: 64 },
  );
}
