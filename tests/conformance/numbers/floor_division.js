export const title = 'Math.floor(a / b) and Math.trunc(a / b) of large integers are exact';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x % 16;
      const a = 2147483600 + i * 3;
      const b = i + 1;
      const q = Math.floor(a / b);
      inputs.buffers.out[i][0] = q % 4096;
      inputs.buffers.out[i][1] = a % b;
      inputs.buffers.out[i][2] = Math.floor(-a / 10) % 1000;
      inputs.buffers.out[i][3] = Math.trunc(-a / 10) % 1000;
      inputs.buffers.out[i][4] = Math.floor((i - 7) / 4);
      inputs.buffers.out[i][5] = Math.ceil((i - 7) / 4);
      inputs.buffers.out[i][6] = Math.floor(i / 3) * 3 + (i % 3) - i;
      inputs.buffers.out[i][7] = Math.floor((16777216 + i) / 2) - 8388608;
    },
    { out: { size: [16, 8] }, run: [16] },
  );
}
