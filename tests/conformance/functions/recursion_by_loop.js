export const title = 'the greatest common divisor and a modular power, as functions with loops';

export default async function ({ check, types }) {
  await check(
    (inputs) => {
      function gcd(a = types.number, b = types.number) {
        while (b !== 0) {
          const t = a % b;
          a = b;
          b = t;
        }
        return a;
      }
      function power(base = types.number, exponent = types.number) {
        let result = 1;
        let square = base % 997;
        while (exponent > 0) {
          if (exponent % 2 === 1) result = (result * square) % 997;
          square = (square * square) % 997;
          exponent = Math.floor(exponent / 2);
        }
        return result;
      }
      const i = inputs.threadId.x;
      inputs.buffers.out[2 * i] = gcd(i * 12, 90 + i);
      inputs.buffers.out[2 * i + 1] = power(i + 2, 200);
    },
    { out: 80, run: [40] },
  );
}
