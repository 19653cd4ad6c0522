export const title = 'a loop of 100,000 rounds';
export const judges = { lavapipe: 'stops all loops of an invocation after 65,535 iterations' };

export default async function ({ check }) {
  await check(
    (inputs) => {
      let sum = 0;
      for (let i = 0; i < 100000; i++) sum += i % 7;
      inputs.buffers.out[inputs.threadId.x] = sum;
    },
    { out: 1 },
  );
}
