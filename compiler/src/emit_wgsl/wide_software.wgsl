// Doubles in software. A small integer, whose high word as a signed 64-bit integer is within ±0x7ffff, is that integer, the low word
// first; any other double is its IEEE bits with 0x80000 added to the high word. So each double has one code, and integers take short cuts.

// The sum.
fn hpc__wide_add(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let sum = hpc__u64_add(a, b);
    if hpc__wide_are_small(a, b) && hpc__wide_is_small(sum) {
        return sum;
    }
    return hpc__wide_add_any(a, b);
}

// The sum of any two.
fn hpc__wide_add_any(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_bits(hpc__double_add(hpc__wide_bits(a), hpc__wide_bits(b)));
}

// The difference.
fn hpc__wide_subtract(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let difference = hpc__u64_subtract(a, b);
    if hpc__wide_are_small(a, b) && hpc__wide_is_small(difference) {
        return difference;
    }
    return hpc__wide_subtract_any(a, b);
}

// The difference of any two.
fn hpc__wide_subtract_any(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let negated = hpc__wide_bits(b) ^ vec2u(0u, 0x80000000u);
    return hpc__wide_of_bits(hpc__double_add(hpc__wide_bits(a), negated));
}

// The product. That of integers is exact in 64 bits, where it fits, and rounded from there.
fn hpc__wide_multiply(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    if hpc__wide_are_small(a, b) {
        let x = hpc__wide_size_of_small(a);
        let y = hpc__wide_size_of_small(b);
        if hpc__i64_estimate(x) * hpc__i64_estimate(y) < 9e18 {
            return hpc__wide_of_size((a.y ^ b.y) & 0x80000000u, hpc__u64_multiply(x, y));
        }
    }
    return hpc__wide_multiply_any(a, b);
}

// The product of any two.
fn hpc__wide_multiply_any(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_bits(hpc__double_multiply(hpc__wide_bits(a), hpc__wide_bits(b)));
}

// The quotient. A power of two only changes the exponent.
fn hpc__wide_divide(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let divisor = hpc__wide_size_of_small(b);
    if hpc__wide_is_small(b) && hpc__u64_is_power_of_two(divisor) {
        let digits = 63u - hpc__u64_leading_zeros(divisor);
        let bits = hpc__wide_bits(a);
        let exponent = hpc__double_exponent(bits);
        if exponent > digits && exponent < 2047u {
            return hpc__wide_of_bits(vec2u(bits.x, (bits.y - (digits << 20u)) ^ (b.y & 0x80000000u)));
        }
    }
    return hpc__wide_divide_any(a, b);
}

// The quotient of any two.
fn hpc__wide_divide_any(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_bits(hpc__double_divide(hpc__wide_bits(a), hpc__wide_bits(b)));
}

// a % b, exactly, with the sign of a.
fn hpc__wide_remainder(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let size = hpc__wide_size(a);
    let divisor = hpc__wide_size_of_small(b);
    let sign = a.y & 0x80000000u;
    if hpc__wide_is_small(b) && any(b != vec2u(0u)) && size.y < 0x80000000u {
        if hpc__u64_is_power_of_two(divisor) {
            return hpc__wide_of_size(sign, size & hpc__u64_subtract(divisor, vec2u(1u, 0u)));
        }
        if divisor.y == 0u {
            return hpc__wide_of_size(sign, vec2u(hpc__u64_remainder(size, divisor.x), 0u));
        }
    }
    return hpc__wide_remainder_any(a, b);
}

// The remainder of any two.
fn hpc__wide_remainder_any(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_bits(hpc__double_remainder(hpc__wide_bits(a), hpc__wide_bits(b)));
}

// a to the power of b, an integer, an infinity or NaN.
fn hpc__wide_pow(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_bits(hpc__double_pow(hpc__wide_bits(a), hpc__wide_bits(b)));
}

// The square root.
fn hpc__wide_sqrt(w: hpc__wide) -> hpc__wide {
    return hpc__wide_of_bits(hpc__double_sqrt(hpc__wide_bits(w)));
}

// The negative. That of 0 is -0, which is no small integer.
fn hpc__wide_negate(w: hpc__wide) -> hpc__wide {
    let negated = hpc__u64_subtract(vec2u(0u), w);
    if hpc__wide_are_small(w, negated) && any(w != vec2u(0u)) {
        return negated;
    }
    return hpc__wide_of_bits(hpc__wide_bits(w) ^ vec2u(0u, 0x80000000u));
}

// The size.
fn hpc__wide_abs(w: hpc__wide) -> hpc__wide {
    if hpc__wide_is_small(w) {
        return hpc__wide_size_of_small(w);
    }
    return hpc__wide_of_bits(hpc__double_size(hpc__wide_bits(w)));
}

// -1, 0 or 1; -0 and NaN stay.
fn hpc__wide_sign(w: hpc__wide) -> hpc__wide {
    if hpc__wide_is_zero(w) || hpc__wide_is_nan(w) {
        return w;
    }
    return hpc__wide_of_i32(select(1, -1, w.y >> 31u == 1u));
}

// The largest integer not above it.
fn hpc__wide_floor(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 0u, 1u);
}

// The smallest integer not below it.
fn hpc__wide_ceil(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 1u, 0u);
}

// The integer next to it towards 0.
fn hpc__wide_trunc(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 0u, 0u);
}

// The nearest integer, halves up.
fn hpc__wide_round(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 2u, 3u);
}

// Without the fraction, after the size was increased as `hpc__double_whole` says: of positive numbers by one thing, of negative ones
// by another.
fn hpc__wide_whole(w: hpc__wide, positive: u32, negative: u32) -> hpc__wide {
    if hpc__wide_is_small(w) {
        return w;
    }
    let bits = hpc__wide_bits(w);
    return hpc__wide_of_bits(hpc__double_whole(bits, select(positive, negative, bits.y >> 31u == 1u)));
}

// The smaller one; -0 is below 0, and NaN stays.
fn hpc__wide_min(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let smaller = select(b, a, hpc__wide_precedes(a, b));
    return select(smaller, vec2u(0u, 0x80000000u), hpc__wide_is_nan(a) || hpc__wide_is_nan(b));
}

// The larger one; -0 is below 0, and NaN stays.
fn hpc__wide_max(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return select(a, b, hpc__wide_precedes(a, b));
}

// Whether a comes before b, where -0 comes before 0 and NaN after all.
fn hpc__wide_precedes(a: hpc__wide, b: hpc__wide) -> bool {
    if hpc__wide_are_small(a, b) {
        return i32(a.y) < i32(b.y) || (a.y == b.y && a.x < b.x);
    }
    return hpc__u64_less(hpc__double_order(hpc__wide_bits(a)), hpc__double_order(hpc__wide_bits(b)));
}

// a < b.
fn hpc__wide_less(a: hpc__wide, b: hpc__wide) -> bool {
    return hpc__wide_precedes(a, b) && !hpc__wide_is_nan(b) && !(hpc__wide_is_zero(a) && hpc__wide_is_zero(b));
}

// a <= b.
fn hpc__wide_less_or_equal(a: hpc__wide, b: hpc__wide) -> bool {
    return hpc__wide_less(a, b) || hpc__wide_equal(a, b);
}

// a == b.
fn hpc__wide_equal(a: hpc__wide, b: hpc__wide) -> bool {
    return (all(a == b) && !hpc__wide_is_nan(a)) || (hpc__wide_is_zero(a) && hpc__wide_is_zero(b));
}

// Whether it is NaN.
fn hpc__wide_is_nan(w: hpc__wide) -> bool {
    return w.y == 0x80000000u;
}

// Whether it is 0 or -0.
fn hpc__wide_is_zero(w: hpc__wide) -> bool {
    return w.x == 0u && (w.y == 0u || w.y == 0x80080000u);
}

// Whether it is a small integer.
fn hpc__wide_is_small(w: hpc__wide) -> bool {
    return w.y + 0x7ffffu < 0xfffffu;
}

// Whether both are small integers.
fn hpc__wide_are_small(a: hpc__wide, b: hpc__wide) -> bool {
    return max(a.y + 0x7ffffu, b.y + 0x7ffffu) < 0xfffffu;
}

// Whether it is an integer of 32 bits with a sign.
fn hpc__wide_is_i32(w: hpc__wide) -> bool {
    return w.y + (w.x >> 31u) == 0u;
}

// Whether one bit is 1 and no other.
fn hpc__u64_is_power_of_two(a: vec2u) -> bool {
    return countOneBits(a.x) + countOneBits(a.y) == 1u;
}

// The size of a small integer.
fn hpc__wide_size_of_small(w: hpc__wide) -> vec2u {
    return select(w, hpc__u64_subtract(vec2u(0u), w), w.y >> 31u == 1u);
}

// The size of an integer below 2^62. The highest bit is 1 for what is none.
fn hpc__wide_size(w: hpc__wide) -> vec2u {
    if hpc__wide_is_small(w) {
        return hpc__wide_size_of_small(w);
    }
    let bits = hpc__wide_bits(w);
    let shift = hpc__double_exponent(bits) - 1074u;
    let doubled = hpc__u64_shift_left(hpc__double_mantissa(bits), min(shift, 10u));
    if shift > 10u || (doubled.x & 1u) == 1u {
        return vec2u(0xffffffffu);
    }
    return vec2u((doubled.x >> 1u) | (doubled.y << 31u), doubled.y >> 1u);
}

// An integer below 2^63 with a sign bit, rounded where no double holds it.
fn hpc__wide_of_size(sign: u32, size: vec2u) -> hpc__wide {
    let signed = select(size, hpc__u64_subtract(vec2u(0u), size), sign != 0u);
    if hpc__wide_is_small(signed) && (sign == 0u || any(size != vec2u(0u))) {
        return signed;
    }
    return hpc__double_rounded(sign, 0, size) + vec2u(0u, 0x80000u);
}

// An integer.
fn hpc__wide_of_i32(x: i32) -> hpc__wide {
    return vec2u(u32(x), u32(x >> 31u));
}

// An integer.
fn hpc__wide_of_u32(x: u32) -> hpc__wide {
    return vec2u(x, 0u);
}

// A single. Nearly all of them are integers or have a fraction that is seen at once.
fn hpc__wide_of_f32(x: f32) -> hpc__wide {
    let bits = bitcast<u32>(x);
    if bits == 0u || ((bits >> 23u) & 255u) - 127u < 31u {
        let whole = i32(x);
        if f32(whole) == x {
            return hpc__wide_of_i32(whole);
        }
    }
    return hpc__wide_of_bits(hpc__double_of_f32(x));
}

// The double with these IEEE bits.
fn hpc__wide_of_bits(bits: vec2u) -> hpc__wide {
    if all(bits == vec2u(0u)) {
        return bits;
    }
    if hpc__double_is_nan(bits) {
        return vec2u(0u, 0x80000000u);
    }
    let exponent = hpc__double_exponent(bits);
    if exponent - 1023u < 51u {
        let mantissa = hpc__double_mantissa(bits);
        let size = hpc__u64_shift_right(mantissa, 1075u - exponent);
        let signed = select(size, hpc__u64_subtract(vec2u(0u), size), bits.y >> 31u == 1u);
        // Shifting back shows whether there was a fraction.
        if all(hpc__u64_shift_left(size, 1075u - exponent) == mantissa) && hpc__wide_is_small(signed) {
            return signed;
        }
    }
    return vec2u(bits.x, bits.y + 0x80000u);
}

// The IEEE bits.
fn hpc__wide_bits(w: hpc__wide) -> vec2u {
    if hpc__wide_is_small(w) {
        return hpc__wide_bits_of_small(w);
    }
    return vec2u(w.x, w.y - 0x80000u);
}

// The IEEE bits of a small integer.
fn hpc__wide_bits_of_small(w: hpc__wide) -> vec2u {
    let size = hpc__wide_size_of_small(w);
    let zeros = hpc__u64_leading_zeros(size);
    let mantissa = hpc__u64_shift_left(size, min(zeros, 63u) - 11u);
    // The leading one counts the exponent up.
    let exponent = select((1085u - zeros) << 20u, 0u, zeros == 64u);
    return vec2u(mantissa.x, (w.y & 0x80000000u) | (mantissa.y + exponent));
}

// The nearest single. WGSL leaves open how integers are rounded.
fn hpc__wide_to_f32(w: hpc__wide) -> f32 {
    if hpc__wide_is_i32(w) && w.x + 0x1000000u < 0x2000001u {
        return f32(i32(w.x));
    }
    return bitcast<f32>(hpc__double_to_f32(hpc__wide_bits(w)));
}

// The nearest single, as a double.
fn hpc__wide_fround(w: hpc__wide) -> hpc__wide {
    return hpc__wide_of_f32(hpc__wide_to_f32(w));
}

// The bits of the nearest half.
fn hpc__wide_to_f16_bits(w: hpc__wide) -> u32 {
    return hpc__double_to_f16(hpc__wide_bits(w));
}

// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and the infinities give 0.
fn hpc__wide_to_int32(w: hpc__wide) -> i32 {
    if hpc__wide_is_small(w) {
        return i32(w.x);
    }
    return hpc__double_to_int32(hpc__wide_bits(w));
}

// The integer not above it, or the lowest one where it does not fit.
fn hpc__wide_to_index(w: hpc__wide) -> i32 {
    let below = hpc__wide_floor(w);
    if hpc__wide_is_zero(below) {
        return 0;
    }
    return select(i32(-2147483648), i32(below.x), hpc__wide_is_i32(below));
}

// Uint8ClampedArray's conversion: 0 to 255, halves to the even one, NaN to 0.
fn hpc__wide_to_clamped(w: hpc__wide) -> u32 {
    if hpc__wide_is_small(w) {
        return select(min(w.x, 255u), select(255u, 0u, w.y >> 31u == 1u), w.y != 0u);
    }
    return hpc__double_to_clamped(hpc__wide_bits(w));
}
