export const title = 'bit operators take the low 32 bits of sums and products of any size';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a = inputs.buffers.a[i];
      let sum = 0;
      for (let k = 0; k < 50; k++) sum += a + k;
      let grown = a;
      for (let k = 0; k < 6; k++) grown = grown * 3 - i;
      inputs.buffers.out[i][0] = sum | 0;
      inputs.buffers.out[i][1] = sum >>> 0;
      inputs.buffers.out[i][2] = grown ^ sum;
      inputs.buffers.out[i][3] = (a * a) | 0;
      inputs.buffers.out[i][4] = (a * 4294967297) >>> 16;
      inputs.buffers.out[i][5] = (a + 0.5) << 3;
      inputs.buffers.out[i][6] = ~(a * 2.5);
      inputs.buffers.out[i][7] = Math.clz32(a * 16);
    },
    { out: { size: [7, 8], type: 'f64' }, run: [7], buffers: { a: Int32Array.of(0, 1, -1, 2147483647, -2147483648, 94906267, 16777217) }, tolerance: 'bits' },
  );
}
