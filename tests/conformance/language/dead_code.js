export const title = 'code after return, break and continue, and branches never taken, is allowed';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function sign(x = types.number) {
        if (x < 0) {
          return -1;
          x = 5;
        } else {
          return 1;
        }
      }
      function unused(x = types.number) {
        return x;
      }
      const i = inputs.threadId.x;
      for (let j = 0; j < 3; j++) {
        if (j === i) break;
        inputs.buffers.out[i] += sign(j - 1);
        continue;
        inputs.buffers.out[i] = 100;
      }
      if (false) inputs.buffers.out[i] = 200;
      return;
      inputs.buffers.out[i] = 300;
    },
    { out: 5 },
  );
}
