export const title = 'a random fill gives different elements';

export default async function ({ check, array }) {
  await check(
    (inputs) => {
      const list = array(4, Math.random());
      const once = Math.random();
      const same = array(3, once);
      const differ = list[0] !== list[1] || list[1] !== list[2] || list[2] !== list[3];
      inputs.buffers.out[inputs.threadId.x] = differ && same[0] === same[2] ? 1 : 0;
    },
    { out: 64 },
  );
}
