export const title = 'greatest common divisors by remainders, whose divisor may be 0, for 32 bits and for 53';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let a = inputs.buffers.a[i];
      let b = inputs.buffers.b[i];
      while (b !== 0) {
        const rest = a % b;
        a = b;
        b = rest;
      }
      inputs.buffers.out[i] = a;
    },
    {
      out: { size: [5], type: 'u32' },
      buffers: { a: Uint32Array.of(48, 4294967295, 2971215073, 0, 7), b: Uint32Array.of(36, 65535, 1836311903, 5, 0) },
      tolerance: 'exact',
    },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let a = inputs.buffers.a[i];
      let b = inputs.buffers.b[i];
      while (b) {
        const rest = a % b;
        a = b;
        b = rest;
      }
      inputs.buffers.out[i] = a;
    },
    {
      out: { size: [3], type: 'f64' },
      buffers: { a: Float64Array.of(9007199254740991, 8944394323791464, -12), b: Float64Array.of(6361, 5527939700884757, 18) },
      tolerance: 'exact',
    },
  );
}
