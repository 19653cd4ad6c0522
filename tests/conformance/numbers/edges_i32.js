export const title = 'each operator over the edges of 32-bit integers with a sign, all bits of the results';

const EDGES = Int32Array.of(
  0, 1, -1, 2, -2, 3, 10, -10, 31, 32, 255, 46341, -65536, 16777215, 16777217, -16777217, 715827883, 2147483646, 2147483647,
  -2147483647, -2147483648,
);

export default async function ({ pairs }) {
  await pairs(
    [
      'a + b', 'a - b', 'a * b', 'a % b', 'a / b', 'a & b', 'a | b', 'a ^ b', 'a << b', 'a >> b', 'a >>> b', 'Math.imul(a, b)',
      'Math.min(a, b)', 'Math.max(a, b)',
    ],
    EDGES,
    EDGES,
  );
}
