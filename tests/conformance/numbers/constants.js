export const title = 'expressions of literals have one value, exact where JavaScript is, to the last digit or so where it is not';

export default async function ({ check }) {
  await check(
    (inputs) => {
      inputs.buffers.out[0] = 0.1 + 0.2;
      inputs.buffers.out[1] = 16777216 + 1;
      inputs.buffers.out[2] = 9007199254740992 + 1;
      inputs.buffers.out[3] = 1 / 3;
      inputs.buffers.out[4] = 2 ** 53 - 1;
      inputs.buffers.out[5] = 1e300 * 1e10;
      inputs.buffers.out[6] = -0;
      inputs.buffers.out[7] = (0.1 * 3) % 0.1;
      inputs.buffers.out[8] = Math.sqrt(2);
      inputs.buffers.out[9] = 0xffffffff * 0xffffffff;
      inputs.buffers.out[10] = 4294967295 | 0;
      inputs.buffers.out[11] = Math.fround(0.1);
    },
    { out: { size: [12], type: 'f64' }, run: [1], tolerance: 'bits' },
  );
  await check(
    (inputs) => {
      inputs.buffers.out[0] = Math.pow(125, 1 / 3);
      inputs.buffers.out[1] = Math.sin(1);
      inputs.buffers.out[2] = Math.exp(10);
      inputs.buffers.out[3] = Math.log(1e300);
      inputs.buffers.out[4] = Math.cbrt(27.5);
      inputs.buffers.out[5] = Math.PI / 180;
      inputs.buffers.out[6] = Math.atan2(1, -3);
      inputs.buffers.out[7] = Math.hypot(3, 4.5);
    },
    { out: { size: [8], type: 'f64' }, run: [1], tolerance: { relative: 5e-16, absolute: 0 } },
  );
}
