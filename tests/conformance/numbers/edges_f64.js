export const title = 'each operator over the edges of 2^53 and of what integers are not, all bits of the results';

const EDGES = Float64Array.of(
  0, -0, 1, -1, 3, 0.5, -2.5, 0.1, 16777217, 2147483647, -2147483649, 4294967296, 4503599627370495, 9007199254740991,
  -9007199254740991, 9007199254740994, 1e300, 5e-324, Infinity, -Infinity, NaN,
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
