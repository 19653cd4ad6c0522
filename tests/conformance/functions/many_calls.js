export const title = 'one function called from many places with integers and fractions';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function square(x = types.number) {
        return x * x;
      }
      function sum(n = types.number) {
        let s = 0;
        for (let k = 0; k < n; k++) s += square(k + 0.5);
        return s;
      }
      const i = inputs.threadId.x;
      inputs.buffers.out[i] = square(i) + square(i + 0.5) + square(-3) + square(square(2)) + sum(i) + sum(2.5);
    },
    { out: 6 },
  );
}
