export const title = 'Fibonacci numbers to the last below 2^53, and the first beyond, which JavaScript rounds';

export default async function ({ check }) {
  await check(
    (inputs) => {
      let a = 0;
      let b = 1;
      for (let k = 0; k < inputs.threadId.x; k++) {
        const next = a + b;
        a = b;
        b = next;
      }
      inputs.buffers.out[inputs.threadId.x] = a;
    },
    { out: { size: [90], type: 'f64' }, tolerance: 'bits' },
  );
  // F(78) is the last below 2^53.
  await check(
    (inputs) => {
      let a = 0;
      let b = 1;
      for (let k = 0; k < 39; k++) {
        a += b;
        b += a;
      }
      inputs.buffers.out[0] = a;
      inputs.buffers.out[1] = a % 1000000007;
      inputs.buffers.out[2] = a - Math.floor(a / 4294967296) * 4294967296;
    },
    { out: { size: [3], type: 'f64' }, run: [1], expect: [8944394323791464, 8944394323791464 % 1000000007, 8944394323791464 % 4294967296], tolerance: 'bits' },
  );
}
