export const title = 'switch in a loop: break leaves the switch, continue the round, return the thread';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let sum = 0;
      for (let j = 0; j < 10; j++) {
        switch (j % 5) {
          case 0:
            continue;
          case 1:
            sum += 1;
            break;
          case 2:
            if (i === 2) {
              inputs.buffers.out[i] = -sum;
              return;
            }
            sum += 10;
          case 3:
            if (i === 3) break;
            sum += 100;
            continue;
          default:
            sum += 1000;
        }
        sum += 10000;
      }
      inputs.buffers.out[i] = sum;
    },
    { out: 5 },
  );
}
