export const title = 'operators between integers with a sign and without one, all bits of the results';

const SIGNED = Int32Array.of(0, 1, -1, 7, -7, 16777217, -16777217, 2147483647, -2147483648);
const UNSIGNED = Uint32Array.of(0, 1, 7, 33, 16777217, 2147483647, 2147483648, 4294967295);

export default async function ({ pairs }) {
  await pairs(
    [
      'a + b', 'a - b', 'a * b', 'a % b', 'b % a', 'a / b', 'a & b', 'a | b', 'a ^ b', 'a << b', 'a >> b', 'a >>> b', 'b >> a',
      'Math.imul(a, b)', 'Math.min(a, b)', 'Math.max(a, b)', '(a > 0 ? a : b) - 1',
    ],
    SIGNED,
    UNSIGNED,
  );
}
