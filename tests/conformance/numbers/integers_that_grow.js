export const title = 'whole numbers that outgrow 2^31 go on as floats, as in JavaScript';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let factorial = 1;
      for (let k = 2; k <= i; k++) factorial *= k;
      let a = 0;
      let b = 1;
      for (let k = 0; k < 3 * i; k++) {
        const next = a + b;
        a = b;
        b = next;
      }
      let sum = 0;
      for (let k = 0; k < i; k++) sum += k * 200000000;
      let power = 1;
      for (let k = 0; k < i; k++) power = power * 4;
      const square = (i * 10000) * (i * 10000);
      inputs.buffers.out[6 * i] = factorial;
      inputs.buffers.out[6 * i + 1] = a;
      inputs.buffers.out[6 * i + 2] = sum;
      inputs.buffers.out[6 * i + 3] = power;
      inputs.buffers.out[6 * i + 4] = square;
      inputs.buffers.out[6 * i + 5] = 2147483647 + i;
    },
    { out: 6 * 21, run: [21], tolerance: { relative: 1e-5, absolute: 0 } },
  );
}
