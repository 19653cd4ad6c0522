export const title = 'functions and operators of one operand over the edges of every kind of integer';

const FUNCTIONS = [
  '-a', '~a', 'Math.clz32(a)', 'Math.floor(a)', 'Math.ceil(a)', 'Math.round(a)', 'Math.trunc(a)', 'Math.sign(a)', 'Math.abs(a)',
  'a | 0', 'a >>> 0', '1 / a', '1 / -a', '!a ? 1 : 0',
];
const NOTHING = Uint8Array.of(0);

export default async function ({ pairs }) {
  const signed = Int32Array.of(0, 1, -1, 16777217, -16777217, 2147483647, -2147483647, -2147483648);
  const unsigned = Uint32Array.of(0, 1, 16777217, 2147483647, 2147483648, 4294967295);
  const wide = Float64Array.of(
    0, -0, 0.5, -0.5, 1.5, 2.5, -2.5, -1.5, 0.49999999999999994, -0.2, 2147483647.5, -2147483648.5, 4294967295.5, 4294967296,
    4503599627370495.5, -4503599627370495.5, 4503599627370497, 9007199254740991, -9007199254740991, 1e300, NaN, Infinity, -Infinity,
  );
  await pairs(FUNCTIONS, signed, NOTHING);
  await pairs(FUNCTIONS, unsigned, NOTHING);
  await pairs(FUNCTIONS, wide, NOTHING);
}
