// IEEE 754 halves, for engines that have no Float16Array: a sign, five bits of exponent and ten of fraction.

const SIGN = 0x8000;
const NAN = 0x7e00;
const FRACTIONS = 0x400;
/** What rounds to infinity, as all above it does; a half way below it, from 65520 on, does too. */
const TOO_LARGE = 2 ** 16;

/** The 16 bits of the half nearest to a number; of two that are equally near, of the even one. */
export function bitsOfHalf(value: number): number {
  if (Number.isNaN(value)) {
    return NAN;
  }
  const sign = value < 0 || Object.is(value, -0) ? SIGN : 0;
  const magnitude = Math.min(Math.abs(value), TOO_LARGE);
  // Counted from 2^-14, the least half with all of its bits; those below it are as far apart.
  const exponent = Math.max(31 - Math.clz32(magnitude * 2 ** 14), 0);
  // In steps from one half to the next. A sum that takes a step to the next exponent is right as it is.
  return sign + exponent * FRACTIONS + toInteger(magnitude * 2 ** (24 - exponent));
}

/** The number that these 16 bits are as a half. */
export function halfOfBits(bits: number): number {
  const sign = bits & SIGN ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & (FRACTIONS - 1);
  if (exponent === 31) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  const steps = exponent === 0 ? fraction : FRACTIONS + fraction;
  return sign * steps * 2 ** (Math.max(exponent, 1) - 25);
}

/** The half nearest to a number. */
export function toHalf(value: number): number {
  return halfOfBits(bitsOfHalf(value));
}

// The nearest integer, ties to even, of a number from 0 to 2048: a sum this large has no fractions.
function toInteger(value: number): number {
  return value + 2 ** 52 - 2 ** 52;
}
