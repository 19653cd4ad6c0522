export const title = 'products of floors of elements and remainders by them are exact; Fibonacci and Collatz past 2^24';

export default async function ({ check }) {
  await check(
    (inputs) => {
      inputs.buffers.out[0] = (Math.floor(inputs.buffers.b[0]) * Math.floor(inputs.buffers.b[1])) % 1000;
    },
    { out: 1, buffers: { b: [20011, 30011] }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      let a = 0;
      let b = 1;
      for (let k = 0; k < 45; k++) {
        const next = a + b;
        a = b;
        b = next;
      }
      inputs.buffers.out[0] = a % 1000;
    },
    { out: 1, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      let n = 9663;
      let peak = n;
      while (n !== 1) {
        n = n % 2 === 0 ? n / 2 : 3 * n + 1;
        peak = Math.max(peak, n);
      }
      inputs.buffers.out[0] = peak;
    },
    { out: { size: [1], type: 'u32' }, tolerance: 'exact' },
  );
}
