export const title = 'a counter passes 2^24 and the loop ends';
export const judges = { lavapipe: 'stops all loops of an invocation after 65,535 iterations' };

export default async function ({ check }) {
  await check(
    (inputs) => {
      let sum = 0;
      let i = 0;
      for (i = 0; i < 2 ** 25; i++) {
        if (i % 1048576 === inputs.threadId.x) sum++;
      }
      inputs.buffers.out[2 * inputs.threadId.x] = sum;
      inputs.buffers.out[2 * inputs.threadId.x + 1] = i;
    },
    { out: 4, run: [2] },
  );
}
