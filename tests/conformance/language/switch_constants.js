export const title = 'constants in cases that fall through stay constants';

export default async function ({ check, array }) {
  await check(
    (inputs) => {
      let sum = 0;
      switch (inputs.threadId.x) {
        case 0:
          const size = 4;
          const list = array(size, 7);
          sum += list[3];
        case 1:
          sum += 10;
      }
      inputs.buffers.out[inputs.threadId.x] = sum;
    },
    { out: 3 },
  );
}
