// Doubles in software. A small integer, whose high word as a signed 64-bit integer is within ±0x7ffff, is that integer, the low word
// first; any other double is its IEEE bits with 0x80000 added to the high word. So each double has one code, and integers take short cuts.

// The sum.
fn hpc__wide_add(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let sum = hpc__u64_add(a, b);
    if hpc__wide_are_small(a, b) & hpc__wide_is_small(sum) {
        return sum;
    }
    return hpc__wide_add_any(a, b);
}

// The sum of any two.
fn hpc__wide_add_any(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_parts(hpc__parts_add(hpc__wide_parts(a), hpc__wide_parts(b)));
}

// The difference.
fn hpc__wide_subtract(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let difference = hpc__u64_subtract(a, b);
    if hpc__wide_are_small(a, b) & hpc__wide_is_small(difference) {
        return difference;
    }
    return hpc__wide_subtract_any(a, b);
}

// The difference of any two.
fn hpc__wide_subtract_any(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let negated = hpc__wide_parts(b) ^ vec4u(0u, 0u, 0u, 0x80000000u);
    return hpc__wide_of_parts(hpc__parts_add(hpc__wide_parts(a), negated));
}

// The product. That of integers is exact in 64 bits, where it fits, and rounded from there.
fn hpc__wide_multiply(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let small = hpc__wide_are_small(a, b);
    let estimate = hpc__i64_estimate(a) * hpc__i64_estimate(b);
    let product = hpc__u64_multiply(a, b);
    // 0 times a negative number is -0.
    let sign = (a.y ^ b.y) & 0x80000000u;
    if small & (abs(estimate) < 2e15) & ((sign == 0u) | (estimate != 0.0)) {
        return product;
    }
    // So is an integer that 64 bits hold, which is then rounded.
    let fits = small & (abs(estimate) < 9e18);
    return hpc__wide_multiply_any(a, b, fits, hpc__parts(sign, 1086u, hpc__i64_abs(product)));
}

// The product of any two, unless it is known.
fn hpc__wide_multiply_any(a: hpc__wide, b: hpc__wide, known: bool, known_product: vec4u) -> hpc__wide {
    var product = known_product;
    if !known {
        product = hpc__parts_multiply(hpc__wide_parts(a), hpc__wide_parts(b));
    }
    return hpc__wide_of_parts(product);
}

// The quotient. A power of two only changes the exponent.
fn hpc__wide_divide(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    var quotient = hpc__wide_parts(a);
    let divisor = hpc__wide_parts(b);
    if all(divisor.xy == vec2u(0u, 0x80000000u)) & (divisor.z < 2047u) {
        quotient.z += 1023u - divisor.z;
        quotient.w ^= divisor.w;
    } else {
        quotient = hpc__parts_divide(quotient, divisor);
    }
    return hpc__wide_of_parts(quotient);
}

// a % b, exactly, with the sign of a. For integers below 2^62 by a power of two or one of 32 bits that of integers is.
fn hpc__wide_remainder(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let size = hpc__wide_size(a);
    let divisor = hpc__i64_abs(b);
    let mask = hpc__u64_subtract(divisor, vec2u(1u, 0u));
    let power = all((divisor & mask) == vec2u(0u));
    let other = (size.y > 0x7fffffffu) | all(b == vec2u(0u)) | ((divisor.y != 0u) & !power);
    if other | !hpc__wide_is_small(b) {
        return hpc__wide_remainder_any(a, b);
    }
    var rest = size & mask;
    if !power {
        rest = vec2u(hpc__u64_remainder(size, divisor.x), 0u);
    }
    let negative = select(hpc__u64_subtract(vec2u(0u), rest), vec2u(0u, 0x80080000u), all(rest == vec2u(0u)));
    return select(rest, negative, a.y >> 31u == 1u);
}

// The remainder of any two.
fn hpc__wide_remainder_any(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_parts(hpc__parts_remainder(hpc__wide_parts(a), hpc__wide_parts(b)));
}

// The negative. That of 0 is -0, which is no small integer.
fn hpc__wide_negate(w: hpc__wide) -> hpc__wide {
    let negated = hpc__u64_subtract(vec2u(0u), w);
    if hpc__wide_are_small(w, negated) & any(w != vec2u(0u)) {
        return negated;
    }
    return hpc__wide_of_bits(hpc__wide_bits(w) ^ vec2u(0u, 0x80000000u));
}

// The size.
fn hpc__wide_abs(w: hpc__wide) -> hpc__wide {
    if hpc__wide_is_small(w) {
        return hpc__i64_abs(w);
    }
    return hpc__wide_code(vec2u(w.x, (w.y - 0x80000u) & 0x7fffffffu));
}

// -1, 0 or 1; -0 and NaN stay.
fn hpc__wide_sign(w: hpc__wide) -> hpc__wide {
    if hpc__wide_is_zero(w) | hpc__wide_is_nan(w) {
        return w;
    }
    return hpc__wide_of_i32(select(1, -1, w.y >> 31u == 1u));
}

// The largest integer not above it.
fn hpc__wide_floor(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 0u, 3u);
}

// The smallest integer not below it.
fn hpc__wide_ceil(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 3u, 0u);
}

// The integer next to it towards 0.
fn hpc__wide_trunc(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 0u, 0u);
}

// The nearest integer, halves up.
fn hpc__wide_round(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 2u, 1u);
}

// An integer near it, as `hpc__parts_whole` says: of positive numbers by one increase, of negative ones by another.
fn hpc__wide_whole(w: hpc__wide, positive: u32, negative: u32) -> hpc__wide {
    if hpc__wide_is_small(w) {
        return w;
    }
    let parts = hpc__wide_parts(w);
    if hpc__parts_are_large(parts) {
        return w;
    }
    return hpc__wide_of_size(parts.w, hpc__parts_whole(parts, select(positive, negative, parts.w != 0u)));
}

// The smaller one; -0 is below 0, and NaN stays.
fn hpc__wide_min(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let smaller = select(b, a, hpc__wide_precedes(a, b));
    return select(smaller, vec2u(0u, 0x80000000u), hpc__wide_is_nan(a) | hpc__wide_is_nan(b));
}

// The larger one; -0 is below 0, and NaN stays.
fn hpc__wide_max(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return select(a, b, hpc__wide_precedes(a, b));
}

// Whether a comes before b, where -0 comes before 0 and NaN after all.
fn hpc__wide_precedes(a: hpc__wide, b: hpc__wide) -> bool {
    if hpc__wide_are_small(a, b) {
        return select(i32(a.y) < i32(b.y), a.x < b.x, a.y == b.y);
    }
    return hpc__u64_less(hpc__wide_order(a), hpc__wide_order(b));
}

// A number that orders doubles.
fn hpc__wide_order(w: hpc__wide) -> vec2u {
    let bits = hpc__wide_bits(w);
    return bits ^ select(vec2u(0u, 0x80000000u), vec2u(0xffffffffu), bits.y >> 31u == 1u);
}

// a < b.
fn hpc__wide_less(a: hpc__wide, b: hpc__wide) -> bool {
    return hpc__wide_precedes(a, b) & !hpc__wide_is_nan(b) & !(hpc__wide_is_zero(a) & hpc__wide_is_zero(b));
}

// a <= b.
fn hpc__wide_less_or_equal(a: hpc__wide, b: hpc__wide) -> bool {
    return !(hpc__wide_less(b, a) | hpc__wide_is_nan(a) | hpc__wide_is_nan(b));
}

// a == b.
fn hpc__wide_equal(a: hpc__wide, b: hpc__wide) -> bool {
    return (all(a == b) & !hpc__wide_is_nan(a)) | (hpc__wide_is_zero(a) & hpc__wide_is_zero(b));
}

// Whether it is NaN.
fn hpc__wide_is_nan(w: hpc__wide) -> bool {
    return w.y == 0x80000000u;
}

// Whether it is 0 or -0.
fn hpc__wide_is_zero(w: hpc__wide) -> bool {
    return (w.x == 0u) & ((w.y == 0u) | (w.y == 0x80080000u));
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

// The size of an integer below 2^62. The highest bit is 1 for what is none.
fn hpc__wide_size(w: hpc__wide) -> vec2u {
    let bits = vec2u(w.x, w.y - 0x80000u);
    let shift = ((bits.y >> 20u) & 0x7ffu) - 1074u;
    let doubled = hpc__u64_shift_left(vec2u(bits.x, (bits.y & 0xfffffu) | 0x100000u), min(shift, 10u));
    let size = vec2u((doubled.x >> 1u) | (doubled.y << 31u), doubled.y >> 1u);
    let large = select(size, vec2u(0xffffffffu), (shift > 10u) | ((doubled.x & 1u) == 1u));
    return select(large, hpc__i64_abs(w), hpc__wide_is_small(w));
}

// An integer below 2^53 with a sign bit.
fn hpc__wide_of_size(sign: u32, size: vec2u) -> hpc__wide {
    let signed = select(size, hpc__u64_subtract(vec2u(0u), size), sign != 0u);
    if hpc__wide_is_small(signed) & ((sign == 0u) | any(size != vec2u(0u))) {
        return signed;
    }
    return hpc__integer_bits(sign, size) + vec2u(0u, 0x80000u);
}

// The IEEE bits of an integer below 2^53 with a sign bit.
fn hpc__integer_bits(sign: u32, size: vec2u) -> vec2u {
    // The leading one counts the exponent up.
    let parts = hpc__parts(sign, 1085u, size);
    let exponent = select(parts.z << 20u, 0u, parts.y == 0u);
    return vec2u((parts.x >> 11u) | (parts.y << 21u), (sign | (parts.y >> 11u)) + exponent);
}

// The parts.
fn hpc__wide_parts(w: hpc__wide) -> vec4u {
    let bits = vec2u(w.x, w.y - 0x80000u);
    let exponent = (bits.y >> 20u) & 0x7ffu;
    let mantissa = vec2u(bits.x, (bits.y & 0xfffffu) | select(0x100000u, 0u, exponent == 0u));
    let nan = hpc__wide_is_nan(w);
    let special = select(0x4000u, 0x100000u, nan);
    let place = select(max(exponent, 1u) + 11u, special, exponent == 2047u);
    let small = hpc__wide_is_small(w);
    return hpc__parts(
        select(w.y & 0x80000000u, 0u, nan),
        select(place, 1086u, small),
        select(mantissa, hpc__i64_abs(w), small)
    );
}

// The nearest double.
fn hpc__wide_of_parts(a: vec4u) -> hpc__wide {
    return hpc__wide_code(hpc__parts_bits(a));
}

// The code of the double with these bits, NaN in its one form.
fn hpc__wide_code(bits: vec2u) -> hpc__wide {
    // Small integers from 1 have at least so many zeros behind.
    let lack = 1075u - ((bits.y >> 20u) & 0x7ffu);
    let mantissa = vec2u(bits.x, (bits.y & 0xfffffu) | 0x100000u);
    let size = hpc__u64_shift_right(mantissa, lack & 63u);
    let signed = select(size, hpc__u64_subtract(vec2u(0u), size), bits.y >> 31u == 1u);
    let small = (lack - 2u < 51u) & (lack <= hpc__u64_trailing_zeros(mantissa)) & hpc__wide_is_small(signed);
    let code = vec2u(bits.x, bits.y + 0x80000u);
    return select(select(code, signed, small), bits, (bits.x | bits.y) == 0u);
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
    if (bits == 0u) | (((bits >> 23u) & 255u) - 127u < 31u) {
        let whole = i32(x);
        if f32(whole) == x {
            return hpc__wide_of_i32(whole);
        }
    }
    return hpc__wide_of_parts(hpc__parts_of_f32(x));
}

// The double with these IEEE bits.
fn hpc__wide_of_bits(bits: vec2u) -> hpc__wide {
    let nan = hpc__u64_less(vec2u(0u, 0x7ff00000u), vec2u(bits.x, bits.y & 0x7fffffffu));
    return hpc__wide_code(select(bits, vec2u(0u, 0x7ff80000u), nan));
}

// The IEEE bits.
fn hpc__wide_bits(w: hpc__wide) -> vec2u {
    if hpc__wide_is_small(w) {
        return hpc__integer_bits(w.y & 0x80000000u, hpc__i64_abs(w));
    }
    return vec2u(w.x, w.y - 0x80000u);
}

// The nearest single. WGSL leaves open how integers are rounded.
fn hpc__wide_to_f32(w: hpc__wide) -> f32 {
    if hpc__wide_is_i32(w) & (w.x + 0x1000000u < 0x2000001u) {
        return f32(i32(w.x));
    }
    return bitcast<f32>(hpc__parts_to_f32(hpc__wide_parts(w)));
}

// The nearest single, as a double.
fn hpc__wide_fround(w: hpc__wide) -> hpc__wide {
    return hpc__wide_of_f32(hpc__wide_to_f32(w));
}

// The bits of the nearest half.
fn hpc__wide_to_f16_bits(w: hpc__wide) -> u32 {
    return hpc__parts_to_f16(hpc__wide_parts(w));
}

// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and the infinities give 0.
fn hpc__wide_to_int32(w: hpc__wide) -> i32 {
    if hpc__wide_is_small(w) {
        return i32(w.x);
    }
    return hpc__parts_to_int32(hpc__wide_parts(w));
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
    return hpc__parts_to_clamped(hpc__wide_parts(w));
}
