export const title = 'powers of integers: exact below 2^53, beyond it to the last digit or so';

const FEW = Uint8Array.of(0, 1, 2, 3, 5, 10);

export default async function ({ pairs }) {
  await pairs(['a ** b', 'Math.pow(a, b)'], Int32Array.of(0, 1, -1, 2, -2, 3, -7, 10, 38), FEW);
  await pairs(['a ** 2', 'a ** 3'], Int32Array.of(46340, 46341, -65536, 208063, -208063), Uint8Array.of(0));
  await pairs(['a ** 2'], Uint32Array.of(65535, 65536, 16777217, 94906265), Uint8Array.of(0));
  await pairs(['2 ** b'], Uint8Array.of(0), Int32Array.of(0, 1, 24, 31, 32, 52, 53, 100, -1, -30));
  const beyond = { relative: 5e-16, absolute: 0 };
  await pairs(['a ** b'], Int32Array.of(2147483647, -2147483648, 16777217), FEW, beyond);
}
