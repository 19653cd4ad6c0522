export const title = 'sums of many integers end at the sum, past 2^24, 2^31 and 2^53';

export default async function ({ check }) {
  await check(
    (inputs) => {
      let t = 0;
      for (let j = 0; j < inputs.uniforms.n; j++) t += j;
      inputs.buffers.out[0] = t;
    },
    { out: { size: [1], type: 'f64' }, uniforms: { n: 10000 }, tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      let s = 0;
      for (let i = 0; i < 50000; i++) s += 48000;
      inputs.buffers.out[0] = s;
      inputs.buffers.out[1] = s % 1000003;
    },
    { out: { size: [2], type: 'f64' }, run: [1], tolerance: 'exact' },
  );
  await check(
    (inputs) => {
      // Past 2^53 every sum is rounded as JavaScript rounds it.
      let s = 9007199254740000;
      for (let i = 0; i < 100; i++) s += 2 * i + 1;
      inputs.buffers.out[0] = s;
    },
    { out: { size: [1], type: 'f64' }, tolerance: 'bits' },
  );
}
