export const title = 'what a kernel declares itself hides a constant of the same name';

export default async function ({ check, types }) {
  const N = 100;
  const STEP = 7;
  await check(
    (inputs) => {
      function next(v = types.number) {
        return v + STEP;
      }
      function twice(STEP = types.number) {
        return STEP * 2;
      }
      const i = inputs.threadId.x;
      const STEP = 3;
      let sum = next(i) + twice(i);
      for (let N = 0; N < 4; N++) {
        sum += N;
      }
      inputs.buffers.out[i] = sum + N;
    },
    { out: 4, constants: { N, STEP } },
  );
}
