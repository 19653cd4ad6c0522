export const title = 'division of integers gives fractions, never integer division';

export default async function ({ check, vec2 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let two = 2;
      let sum = 0;
      for (let k = 1; k < 5; k++) sum += 1 / k;
      inputs.buffers.out[8 * i] = 1 / 2;
      inputs.buffers.out[8 * i + 1] = 7 / 2;
      inputs.buffers.out[8 * i + 2] = vec2(1 / 2, 3).x;
      inputs.buffers.out[8 * i + 3] = i / 2;
      inputs.buffers.out[8 * i + 4] = (i + 1) / (two + 2);
      inputs.buffers.out[8 * i + 5] = (i / 4) * 4 + 3 / 8 - 1 / 8;
      inputs.buffers.out[8 * i + 6] = sum;
      inputs.buffers.out[8 * i + 7] = -i / two;
    },
    { out: 40, run: [5] },
  );
}
