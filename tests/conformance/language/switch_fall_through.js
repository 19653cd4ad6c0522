export const title = 'switch: cases fall through until a break';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let trace = 0;
      switch (i) {
        case 0:
          trace = trace * 10 + 1;
        case 1:
        case 2:
          trace = trace * 10 + 2;
          break;
        case 3: {
          trace = trace * 10 + 3;
        }
        case 4:
          if (i === 3) break;
          trace = trace * 10 + 4;
        default:
          trace = trace * 10 + 5;
      }
      inputs.buffers.out[i] = trace;
    },
    { out: 7 },
  );
}
