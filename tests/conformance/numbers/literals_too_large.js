export const title = 'literals and quotients beyond single precision become infinities';

export default async function ({ check }) {
  await check(
    (inputs) => {
      inputs.buffers.out[0] = 1e39;
      inputs.buffers.out[1] = -1e300;
      inputs.buffers.out[2] = 1 / 0;
      inputs.buffers.out[3] = -1 / 0;
      inputs.buffers.out[4] = 0 / 0;
      inputs.buffers.out[5] = 1e308 * 10;
      inputs.buffers.out[6] = 1e38 * 10;
      inputs.buffers.out[7] = 1 / 1e39;
      inputs.buffers.out[8] = 2 ** 200;
    },
    { out: 9, run: [1], tolerance: { relative: 1e-6, absolute: 1e-37 } },
  );
}
