export const title = 'every spelling of a number literal';

export default async function ({ check }) {
  await check(
    (inputs) => {
      inputs.buffers.out[0] = 12;
      inputs.buffers.out[1] = 0.25;
      inputs.buffers.out[2] = .5;
      inputs.buffers.out[3] = 5.;
      inputs.buffers.out[4] = 1e3;
      inputs.buffers.out[5] = 25e-2;
      inputs.buffers.out[6] = 1.5E+2;
      inputs.buffers.out[7] = 0xff;
      inputs.buffers.out[8] = 0XAbC;
      inputs.buffers.out[9] = 0o17;
      inputs.buffers.out[10] = 0b101;
      inputs.buffers.out[11] = 1_000_000;
      inputs.buffers.out[12] = 0.000_25e4;
      inputs.buffers.out[13] = 4294967296;
      inputs.buffers.out[14] = 123456789012;
      inputs.buffers.out[15] = 0.1;
      inputs.buffers.out[16] = 3.4028234663852886e38;
      inputs.buffers.out[17] = -0xffffffff;
      inputs.buffers.out[18] = 16777217;
      inputs.buffers.out[19] = 1e-30;
      inputs.buffers.out[20] = 3.14159265358979323846;
    },
    { out: 21, run: [1], tolerance: 'exact' },
  );
}
