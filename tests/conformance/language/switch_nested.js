export const title = 'a switch within a switch within a loop';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let result = 0;
      for (let j = 0; j < 3; j++) {
        switch (i % 3) {
          case 0:
            switch (j) {
              case 0:
                result += 1;
                break;
              case 1:
                result += 2;
              default:
                result += 4;
            }
            result += 8;
            break;
          case 1:
            switch (j) {
              case 1:
                continue;
            }
            result += 16;
          case 2:
            result += 32;
        }
        result *= 3;
      }
      inputs.buffers.out[i] = result;
    },
    { out: 6 },
  );
}
