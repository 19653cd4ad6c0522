export const title = 'a quotient under floor, trunc, ceil, round or | 0 is the exact integer quotient';

const QUOTIENTS = ['Math.floor(a / b)', 'Math.trunc(a / b)', 'Math.ceil(a / b)', 'Math.round(a / b)', '(a / b) | 0', '(a / b) >>> 0', '~~(a / b)'];

export default async function ({ pairs }) {
  const signed = Int32Array.of(0, 1, -1, 2, -2, 3, -7, 10, 16777217, -16777217, 2147483647, -2147483647, -2147483648);
  const unsigned = Uint32Array.of(0, 1, 2, 3, 10, 16777217, 2147483647, 2147483648, 4294967295);
  const wide = Float64Array.of(0, 1, -3, 10, 4294967297, 9007199254740991, -9007199254740991, 6004799503160661);
  await pairs(QUOTIENTS, signed, signed);
  await pairs(QUOTIENTS, unsigned, unsigned);
  await pairs(QUOTIENTS, wide, wide);
  await pairs(QUOTIENTS, signed, unsigned);
}
