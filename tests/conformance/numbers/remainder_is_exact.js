export const title = '% is exact where the quotient is large';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = inputs.buffers.a[i] % inputs.buffers.b[i];
    },
    {
      out: 6,
      buffers: { a: [8388607, 1e7, 16777215, 12345678, 1000003, 100000.5], b: [3, 7, 0.75, 1.5, 0.25, 0.375] },
      tolerance: 'exact',
    },
  );
}
