export const title = 'a long fill that leaves zeros has its effects all the same';

export default async function ({ check, array }) {
  await check(
    (inputs) => {
      let n = inputs.threadId.x;
      const zeros = array(20, (n++, 0));
      inputs.buffers.out[inputs.threadId.x] = n + zeros[3];
    },
    { out: 3 },
  );
}
