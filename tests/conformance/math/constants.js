export const title = 'the constants of Math';

export default async function ({ check }) {
  await check(
    (inputs) => {
      inputs.buffers.out[0] = Math.PI;
      inputs.buffers.out[1] = Math.E;
      inputs.buffers.out[2] = Math.LN2;
      inputs.buffers.out[3] = Math.LN10;
      inputs.buffers.out[4] = Math.LOG2E;
      inputs.buffers.out[5] = Math.LOG10E;
      inputs.buffers.out[6] = Math.SQRT2;
      inputs.buffers.out[7] = Math.SQRT1_2;
    },
    { out: 8, run: [1], tolerance: 'arithmetic' },
  );
}
