export const title = 'each operator over the edges of 32-bit integers without a sign, all bits of the results';

const EDGES = Uint32Array.of(
  0, 1, 2, 3, 10, 31, 32, 33, 255, 65536, 16777217, 1431655765, 2147483647, 2147483648, 2147483649, 4294967294, 4294967295,
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
