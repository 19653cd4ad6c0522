// Doubles of devices that have them. Drivers contract a * b + c, take (x + m) - m for x, may take subnormal numbers for 0, and need not
// round quotients and roots correctly: so results are hidden from them, and for what is rare or not promised the bits are computed.

// The sum. Tiny numbers may lose what is subnormal.
fn hpc__wide_add(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let sum = hpc__wide_opaque(a + b);
    if hpc__wide_is_tiny(sum) & hpc__wide_is_tiny(a) & hpc__wide_is_tiny(b) {
        return hpc__wide_of_parts(hpc__parts_add(hpc__wide_parts(a), hpc__wide_parts(b)));
    }
    return sum;
}

// The difference.
fn hpc__wide_subtract(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_add(a, hpc__wide_negate(b));
}

// The product. Tiny ones may lose what is subnormal.
fn hpc__wide_multiply(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let product = hpc__wide_opaque(a * b);
    if hpc__wide_is_tiny(product) {
        return hpc__wide_of_parts(hpc__parts_multiply(hpc__wide_parts(a), hpc__wide_parts(b)));
    }
    return product;
}

// The quotient.
fn hpc__wide_divide(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_parts(hpc__parts_divide(hpc__wide_parts(a), hpc__wide_parts(b)));
}

// a % b, exactly, with the sign of a. For integers of 62 bits that of integers is.
fn hpc__wide_remainder(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    if hpc__wide_is_integer(a) & hpc__wide_is_integer(b) & (hpc__wide_size(b) != 0lu) {
        return hpc__wide_with_sign(f64(u64(hpc__wide_abs(a)) % u64(hpc__wide_abs(b))), a);
    }
    return hpc__wide_of_parts(hpc__parts_remainder(hpc__wide_parts(a), hpc__wide_parts(b)));
}

// The negative.
fn hpc__wide_negate(w: hpc__wide) -> hpc__wide {
    return bitcast<f64>(bitcast<u64>(w) ^ 0x8000000000000000lu);
}

// The size.
fn hpc__wide_abs(w: hpc__wide) -> hpc__wide {
    return bitcast<f64>(hpc__wide_size(w));
}

// -1, 0 or 1; zero keeps its sign and NaN stays.
fn hpc__wide_sign(w: hpc__wide) -> hpc__wide {
    if (hpc__wide_size(w) == 0lu) | hpc__wide_is_nan(w) {
        return w;
    }
    return hpc__wide_with_sign(1.0lf, w);
}

// The largest integer not above it.
fn hpc__wide_floor(w: hpc__wide) -> hpc__wide {
    if hpc__wide_exponent(w) < 1023u {
        return hpc__wide_whole(w, 0u, 3u);
    }
    return floor(w);
}

// The smallest integer not below it.
fn hpc__wide_ceil(w: hpc__wide) -> hpc__wide {
    if hpc__wide_exponent(w) < 1023u {
        return hpc__wide_whole(w, 3u, 0u);
    }
    return ceil(w);
}

// The integer next to it towards 0.
fn hpc__wide_trunc(w: hpc__wide) -> hpc__wide {
    if hpc__wide_exponent(w) < 1023u {
        return hpc__wide_whole(w, 0u, 0u);
    }
    return trunc(w);
}

// The nearest integer, halves up.
fn hpc__wide_round(w: hpc__wide) -> hpc__wide {
    return hpc__wide_whole(w, 2u, 1u);
}

// An integer near it, as `hpc__parts_whole` says: of positive numbers by one increase, of negative ones by another. Drivers may take
// numbers below 1 for 0 and lose the sign of 0.
fn hpc__wide_whole(w: hpc__wide, positive: u32, negative: u32) -> hpc__wide {
    let parts = hpc__wide_parts(w);
    if hpc__parts_are_large(parts) {
        return w;
    }
    let size = hpc__parts_whole(parts, select(positive, negative, parts.w != 0u));
    return hpc__wide_with_sign(f64(u64(size.x) | (u64(size.y) << 32u)), w);
}

// The smaller one; -0 is below 0, and NaN stays.
fn hpc__wide_min(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let smaller = select(b, a, hpc__wide_precedes(a, b));
    return select(select(smaller, a, hpc__wide_is_nan(a)), b, hpc__wide_is_nan(b));
}

// The larger one; -0 is below 0, and NaN stays.
fn hpc__wide_max(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    let larger = select(a, b, hpc__wide_precedes(a, b));
    return select(select(larger, a, hpc__wide_is_nan(a)), b, hpc__wide_is_nan(b));
}

// Whether a comes before b, where -0 comes before 0.
fn hpc__wide_precedes(a: hpc__wide, b: hpc__wide) -> bool {
    return hpc__wide_order(a) < hpc__wide_order(b);
}

// A number that orders doubles.
fn hpc__wide_order(w: hpc__wide) -> u64 {
    let bits = bitcast<u64>(w);
    return bits ^ select(0x8000000000000000lu, 0xfffffffffffffffflu, bits >> 63u == 1lu);
}

// a < b.
fn hpc__wide_less(a: hpc__wide, b: hpc__wide) -> bool {
    let differ = hpc__wide_precedes(a, b) & ((hpc__wide_size(a) | hpc__wide_size(b)) != 0lu);
    return differ & !hpc__wide_is_nan(a) & !hpc__wide_is_nan(b);
}

// a <= b.
fn hpc__wide_less_or_equal(a: hpc__wide, b: hpc__wide) -> bool {
    return !(hpc__wide_less(b, a) | hpc__wide_is_nan(a) | hpc__wide_is_nan(b));
}

// a == b.
fn hpc__wide_equal(a: hpc__wide, b: hpc__wide) -> bool {
    let same = (bitcast<u64>(a) == bitcast<u64>(b)) | ((hpc__wide_size(a) | hpc__wide_size(b)) == 0lu);
    return same & !hpc__wide_is_nan(a);
}

// Whether it is NaN.
fn hpc__wide_is_nan(w: hpc__wide) -> bool {
    return hpc__wide_size(w) > 0x7ff0000000000000lu;
}

// Whether it is an integer that 62 bits hold.
fn hpc__wide_is_integer(w: hpc__wide) -> bool {
    return (hpc__wide_size(w) == 0lu) | ((hpc__wide_exponent(w) - 1023u < 62u) & (trunc(w) == w));
}

// Whether it is so near to 0, if it is not 0, that sums lose digits to subnormal numbers.
fn hpc__wide_is_tiny(w: hpc__wide) -> bool {
    return hpc__wide_exponent(w) < 64u;
}

// The bits without the sign.
fn hpc__wide_size(w: hpc__wide) -> u64 {
    return bitcast<u64>(w) & 0x7ffffffffffffffflu;
}

// The exponent as it is stored: 0 for subnormal numbers and zero, 2047 for infinite ones and NaN.
fn hpc__wide_exponent(w: hpc__wide) -> u32 {
    return u32(bitcast<u64>(w) >> 52u) & 0x7ffu;
}

// A size with the sign of another number.
fn hpc__wide_with_sign(size: hpc__wide, sign: hpc__wide) -> hpc__wide {
    return bitcast<f64>(hpc__wide_size(size) | (bitcast<u64>(sign) & 0x8000000000000000lu));
}

// A number that drivers cannot tell how it was computed: no extent is negative.
fn hpc__wide_opaque(w: hpc__wide) -> hpc__wide {
    return bitcast<f64>(bitcast<u64>(w) ^ u64(u32(hpc__params.hpc__extents.x) >> 31u));
}

// An integer.
fn hpc__wide_of_i32(x: i32) -> hpc__wide {
    return f64(x);
}

// An integer.
fn hpc__wide_of_u32(x: u32) -> hpc__wide {
    return f64(x);
}

// A single.
fn hpc__wide_of_f32(x: f32) -> hpc__wide {
    if ((bitcast<u32>(x) >> 23u) & 255u) - 1u < 254u {
        return f64(x);
    }
    return hpc__wide_of_parts(hpc__parts_of_f32(x));
}

// The parts.
fn hpc__wide_parts(w: hpc__wide) -> vec4u {
    let bits = hpc__wide_bits(w) ^ vec2u(hpc__varying_zero, 0u);
    let exponent = hpc__wide_exponent(w);
    let mantissa = vec2u(bits.x, (bits.y & 0xfffffu) | select(0x100000u, 0u, exponent == 0u));
    let special = select(0x4000u, 0x100000u, hpc__wide_is_nan(w));
    return hpc__parts(bits.y & 0x80000000u, select(max(exponent, 1u) + 11u, special, exponent == 2047u), mantissa);
}

// The nearest double.
fn hpc__wide_of_parts(a: vec4u) -> hpc__wide {
    return hpc__wide_of_bits(hpc__parts_bits(a));
}

// The double with these IEEE bits.
fn hpc__wide_of_bits(bits: vec2u) -> hpc__wide {
    return bitcast<f64>(u64(bits.x) | (u64(bits.y) << 32u));
}

// The IEEE bits, with one NaN.
fn hpc__wide_bits(w: hpc__wide) -> vec2u {
    let bits = select(bitcast<u64>(w), 0x7ff8000000000000lu, hpc__wide_is_nan(w));
    return vec2u(u32(bits), u32(bits >> 32u));
}

// The nearest single.
fn hpc__wide_to_f32(w: hpc__wide) -> f32 {
    if hpc__wide_exponent(w) - 897u < 253u {
        return f32(w);
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
    if hpc__wide_exponent(w) < 1054u {
        return i32(w);
    }
    return hpc__parts_to_int32(hpc__wide_parts(w));
}

// The integer not above it, or the lowest one where it does not fit.
fn hpc__wide_to_index(w: hpc__wide) -> i32 {
    let below = hpc__wide_floor(w);
    if hpc__wide_exponent(below) < 1054u {
        return i32(below);
    }
    return i32(-2147483648);
}

// Uint8ClampedArray's conversion: 0 to 255, halves to the even one, NaN to 0.
fn hpc__wide_to_clamped(w: hpc__wide) -> u32 {
    return hpc__parts_to_clamped(hpc__wide_parts(w));
}
