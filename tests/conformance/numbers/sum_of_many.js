export const title = 'a long sum of fractions, and an exact one of whole numbers';

export default async function ({ check }) {
  await check(
    (inputs) => {
      let harmonic = 0;
      let whole = 0;
      for (let k = 1; k <= 1000; k++) {
        harmonic += 1 / k;
        whole += k * k - 300000;
      }
      inputs.buffers.out[0] = harmonic;
      inputs.buffers.out[1] = whole;
    },
    { out: 2, run: [1], tolerance: { relative: 1e-5, absolute: 0 } },
  );
}
