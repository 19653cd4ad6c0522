export const title = 'functions of constants, which a compiler may compute itself';

export default async function ({ check }) {
  await check(
    (inputs) => {
      inputs.buffers.out[0] = Math.sin(1) + Math.cos(2) + Math.tan(0.5);
      inputs.buffers.out[1] = Math.sqrt(2) * Math.exp(1) - Math.log(10);
      inputs.buffers.out[2] = Math.round(2.5) + Math.round(-2.5) * 10;
      inputs.buffers.out[3] = Math.atan2(1, -1);
      inputs.buffers.out[4] = Math.trunc(-1.5) + Math.sign(-3) * 10 + Math.ceil(0.1) * 100;
      inputs.buffers.out[5] = Math.sqrt(-1);
      inputs.buffers.out[6] = Math.log(0);
      inputs.buffers.out[7] = Math.acosh(0.5);
      inputs.buffers.out[8] = Math.pow(2, 0.5) + 2 ** -3 + (-8) ** (1 / 3) * 0;
      inputs.buffers.out[9] = Math.max(1, 2) + Math.min(3, -4);
      inputs.buffers.out[10] = 5 % 3 + (-7 % 3) * 10 + 5.5 % 2;
      inputs.buffers.out[11] = (1 << 31) / 65536 + (~5 >>> 28) + (7 ^ 2);
      inputs.buffers.out[12] = 0.25 + 0.5 === 0.75 ? 1 : 2;
    },
    { out: 13, run: [1], tolerance: 'transcendental' },
  );
}
