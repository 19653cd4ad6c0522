export const title = 'comparisons of integers of both signs, at 2^24, 2^31, 2^32 and 2^53';

const SIGNED = Int32Array.of(0, 1, -1, 16777216, 16777217, -16777217, 2147483646, 2147483647, -2147483647, -2147483648);
const UNSIGNED = Uint32Array.of(0, 1, 16777216, 16777217, 2147483647, 2147483648, 4294967294, 4294967295);
const WIDE = Float64Array.of(
  0, -0, -1, 16777217, 2147483648, -2147483648, 4294967295, 4294967296, 9007199254740991, 9007199254740992, Infinity, NaN,
);
const ALL = '(a < b ? 1 : 0) + (a <= b ? 2 : 0) + (a > b ? 4 : 0) + (a >= b ? 8 : 0) + (a === b ? 16 : 0) + (a !== b ? 32 : 0)';

export default async function ({ pairs }) {
  await pairs([ALL], SIGNED, SIGNED);
  await pairs([ALL], UNSIGNED, UNSIGNED);
  await pairs([ALL], SIGNED, UNSIGNED);
  await pairs([ALL], WIDE, WIDE);
  await pairs([ALL], SIGNED, WIDE);
  await pairs([ALL], UNSIGNED, WIDE);
}
