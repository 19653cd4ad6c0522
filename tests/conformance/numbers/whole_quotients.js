export const title = 'a quotient whose remainder was tested is an integer, however the test is written';

// Numbers past 2^32, odd and even, multiples of 8 and not, and negative ones.
const numbers = Float64Array.of(0, 1, 7, 8, 24, 4294967296, 4294967297, 9007199254740984, 9007199254740991, -8, -7, -4294967304);

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let n = Math.floor(inputs.buffers.numbers[i]);
      if (n % 8 === 0) {
        n = n / 8 + 1;
      } else {
        n = 3 * n + 1;
      }
      inputs.buffers.out[i] = n;
      inputs.buffers.out[i + 12] = n % 2 === 0 ? n / 2 : n;
      inputs.buffers.out[i + 24] = n % 2 !== 0 ? n : n / 2;
      inputs.buffers.out[i + 36] = n % 6 === 0 ? n / 3 : n;
      inputs.buffers.out[i + 48] = n % 4 === 0 ? n / 8 : n;
    },
    { out: { size: [60], type: 'f64' }, run: [12], buffers: { numbers }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let n = Math.abs(Math.floor(inputs.buffers.numbers[i]));
      let halved = 0;
      while (n !== 0 && n % 2 === 0) {
        n /= 2;
        halved++;
      }
      inputs.buffers.out[i] = n;
      inputs.buffers.out[i + 12] = halved;
      n = n * 4 + i;
      inputs.buffers.out[i + 24] = n % 2 === 1 ? 3 * n + 1 : n / 2;
      inputs.buffers.out[i + 36] = (n & 1) === 0 ? n / 2 : 3 * n + 1;
      inputs.buffers.out[i + 48] = (n & 3) === 0 ? n / 4 : n / 2;
      inputs.buffers.out[i + 60] = n % -2 === 0 ? n / 2 : -n % 2;
    },
    { out: { size: [72], type: 'f64' }, run: [12], buffers: { numbers }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      // Up to infinity, which is no multiple of anything.
      let n = inputs.buffers.numbers[0] + 1;
      let k = 0;
      while (k < 2000) {
        n = Math.floor(n) * 3;
        k++;
      }
      const whole = Math.floor(n);
      inputs.buffers.out[0] = whole;
      inputs.buffers.out[1] = whole % 2 === 0 ? 1 : 2;
      inputs.buffers.out[2] = whole % 2 !== 1 ? whole / 2 : 3;
      inputs.buffers.out[3] = whole % 8;
    },
    { out: { size: [4], type: 'f64' }, buffers: { numbers }, tolerance: 'exact' },
  );
}
