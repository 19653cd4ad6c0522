// Doubles as their IEEE bits, the low word first, and what they need of 64-bit integers: for devices that have neither, and for what
// devices that have both do not promise. A function that takes doubles expects NaN in its one form, 0x7ff80000_00000000.

// The sum modulo 2^64.
fn hpc__u64_add(a: vec2u, b: vec2u) -> vec2u {
    let low = a.x + b.x;
    return vec2u(low, a.y + b.y + u32(low < a.x));
}

// The difference modulo 2^64.
fn hpc__u64_subtract(a: vec2u, b: vec2u) -> vec2u {
    return vec2u(a.x - b.x, a.y - b.y - u32(a.x < b.x));
}

// The product modulo 2^64.
fn hpc__u64_multiply(a: vec2u, b: vec2u) -> vec2u {
    return vec2u(a.x * b.x, hpc__high_product(a.x, b.x) + a.x * b.y + a.y * b.x);
}

// a * b + c + d, which 64 bits hold.
fn hpc__multiply_add(a: u32, b: u32, c: u32, d: u32) -> vec2u {
    return hpc__u64_add(hpc__u64_add(vec2u(a * b, hpc__high_product(a, b)), vec2u(c, 0u)), vec2u(d, 0u));
}

// The upper half of the product. Its last bit is 1 if anything is lost.
fn hpc__u64_high_product(a: vec2u, b: vec2u) -> vec2u {
    let low = hpc__multiply_add(a.x, b.x, 0u, 0u);
    let one = hpc__multiply_add(a.x, b.y, low.y, 0u);
    let other = hpc__multiply_add(a.y, b.x, one.x, 0u);
    let high = hpc__multiply_add(a.y, b.y, one.y, other.y);
    return vec2u(high.x | u32((low.x | other.x) != 0u), high.y);
}

// Whether a < b.
fn hpc__u64_less(a: vec2u, b: vec2u) -> bool {
    return a.y < b.y || (a.y == b.y && a.x < b.x);
}

// The zeros before the leading one, 64 without any.
fn hpc__u64_leading_zeros(a: vec2u) -> u32 {
    return select(countLeadingZeros(a.y), 32u + countLeadingZeros(a.x), a.y == 0u);
}

// a << count, for counts below 64.
fn hpc__u64_shift_left(a: vec2u, count: u32) -> vec2u {
    let part = count & 31u;
    let low = a.x << part;
    return select(vec2u(low, (a.y << part) | ((a.x >> 1u) >> (31u - part))), vec2u(0u, low), count > 31u);
}

// a >> count, for any count. Its last bit is 1 if anything is lost.
fn hpc__u64_shift_right(a: vec2u, count: u32) -> vec2u {
    if count > 63u {
        return vec2u(u32((a.x | a.y) != 0u), 0u);
    }
    let part = count & 31u;
    let lost = (a << vec2u(1u)) << vec2u(31u - part);
    let kept = vec2u((a.x >> part) | lost.y, a.y >> part);
    if count > 31u {
        return vec2u(kept.y | u32((a.x | lost.y) != 0u), 0u);
    }
    return vec2u(kept.x | u32(lost.x != 0u), kept.y);
}

// An estimate of a signed integer: it is wrong by at most one part in 2^23.
fn hpc__i64_estimate(a: vec2u) -> f32 {
    let large = f32(i32(a.y)) * 4294967296.0 + f32(a.x);
    return select(large, f32(i32(a.x)), a.y + (a.x >> 31u) == 0u);
}

// a % b, 16 binary digits at a time.
fn hpc__u64_remainder(a: vec2u, b: u32) -> u32 {
    if a.y == 0u {
        return a.x % b;
    }
    let rest = hpc__u64_remainder_step(a.y % b, a.x >> 16u, b);
    return hpc__u64_remainder_step(rest, a.x & 0xffffu, b);
}

// (rest * 2^16 + digits) % b, where rest < b: the estimate of the quotient is wrong by at most one.
fn hpc__u64_remainder_step(rest: u32, digits: u32, b: u32) -> u32 {
    let quotient = u32((f32(rest) * 65536.0 + f32(digits)) / f32(b));
    let part = vec2u(quotient * b, hpc__high_product(quotient, b));
    let left = hpc__u64_subtract(vec2u((rest << 16u) | digits, rest >> 16u), part);
    if left.y > 1u {
        return left.x + b;
    }
    return select(left.x, left.x - b, left.y == 1u || left.x >= b);
}

// One step of a long division: rest * 2^digits less the multiple of the divisor nearest to that, and that multiple's factor, signed.
// It may miss the nearest one by a little, as `inverse` is only about 1 / divisor: what is left is below two thirds of the divisor
// if the digits are 18 at most and the rest was below twice the divisor. The divisor is between 2^52 and 2^53.
fn hpc__u64_divide_step(rest: vec2u, divisor: vec2u, inverse: f32, digits: u32) -> vec3u {
    let factor = i32(round(hpc__i64_estimate(rest) * inverse * f32(1u << digits)));
    let product = hpc__u64_multiply(divisor, vec2u(u32(factor), u32(factor >> 31u)));
    return vec3u(hpc__u64_subtract(hpc__u64_shift_left(rest, digits), product), u32(factor));
}

// a * 2^55 / b for integers between 2^52 and 2^53. The last bit is 1 if anything is lost.
fn hpc__u64_divide(a: vec2u, b: vec2u) -> vec2u {
    let inverse = 1.0 / hpc__i64_estimate(b);
    let first = hpc__u64_divide_step(a, b, inverse, 18u);
    let second = hpc__u64_divide_step(first.xy, b, inverse, 18u);
    let third = hpc__u64_divide_step(second.xy, b, inverse, 18u);
    var quotient = vec2u(first.z << 18u, first.z >> 14u);
    quotient = hpc__u64_add(quotient, vec2u(second.z, u32(i32(second.z) >> 31u)));
    quotient = hpc__u64_add(hpc__u64_shift_left(quotient, 18u), vec2u(third.z, u32(i32(third.z) >> 31u)));
    // A negative rest takes one off the last digit, and something is left.
    let doubled = hpc__u64_shift_left(quotient, 1u);
    if i32(third.y) < 0 {
        return hpc__u64_subtract(doubled, vec2u(1u, 0u));
    }
    return vec2u(doubled.x | u32((third.x | third.y) != 0u), doubled.y);
}

// The upper half of the product, without its fraction.
fn hpc__u128_product(a: vec4u, b: vec4u) -> vec4u {
    let first = hpc__u128_add_product(vec4u(0u), a, b.x);
    let second = hpc__u128_add_product(first, a, b.y);
    let third = hpc__u128_add_product(second, a, b.z);
    return hpc__u128_add_product(third, a, b.w);
}

// (sum + a * b) / 2^32, rounded down.
fn hpc__u128_add_product(sum: vec4u, a: vec4u, b: u32) -> vec4u {
    let low = hpc__multiply_add(a.x, b, sum.x, 0u);
    let second = hpc__multiply_add(a.y, b, sum.y, low.y);
    let third = hpc__multiply_add(a.z, b, sum.z, second.y);
    let high = hpc__multiply_add(a.w, b, sum.w, third.y);
    return vec4u(second.x, third.x, high.x, high.y);
}

// a, or 2 * a if the highest bit is 0.
fn hpc__u128_normalized(a: vec4u) -> vec4u {
    return select((a << vec4u(1u)) | (vec4u(0u, a.xyz) >> vec4u(31u)), a, a.w >> 31u == 1u);
}

// The bits without the sign.
fn hpc__double_size(bits: vec2u) -> vec2u {
    return vec2u(bits.x, bits.y & 0x7fffffffu);
}

// The exponent as it is stored: 0 for subnormal numbers and zero, 2047 for infinite ones and NaN.
fn hpc__double_exponent(bits: vec2u) -> u32 {
    return (bits.y >> 20u) & 0x7ffu;
}

// Whether it is NaN, in any form.
fn hpc__double_is_nan(bits: vec2u) -> bool {
    return hpc__u64_less(vec2u(0u, 0x7ff00000u), hpc__double_size(bits));
}

// A finite double's size is this integer, below 2^53, times 2 to the power of max(exponent, 1) - 1075.
fn hpc__double_mantissa(bits: vec2u) -> vec2u {
    let leading = select(0x100000u, 0u, hpc__double_exponent(bits) == 0u);
    return vec2u(bits.x, (bits.y & 0xfffffu) | leading);
}

// A finite double's size, which is not 0: an integer from 2^52, below 2^53, and a signed exponent of 2.
fn hpc__double_parts(bits: vec2u) -> vec3u {
    let mantissa = hpc__double_mantissa(bits);
    let shift = hpc__u64_leading_zeros(mantissa) - 11u;
    return vec3u(hpc__u64_shift_left(mantissa, shift), max(hpc__double_exponent(bits), 1u) - 1075u - shift);
}

// The double nearest to mantissa * 2^exponent with this sign bit. Where digits were lost, the mantissa's last bit must be 1.
fn hpc__double_rounded(sign: u32, exponent: i32, mantissa: vec2u) -> vec2u {
    let zeros = hpc__u64_leading_zeros(mantissa);
    var place = exponent - i32(zeros) + 1086;
    if zeros == 64u {
        return vec2u(0u, sign);
    }
    if place > 2046 {
        return vec2u(0u, sign | 0x7ff00000u);
    }
    var digits = hpc__u64_shift_left(mantissa, zeros);
    if place < 1 {
        digits = hpc__u64_shift_right(digits, u32(1 - place));
        place = 1;
    }
    // The leading one counts the exponent up, and so does a carry.
    let kept = vec2u((digits.x >> 11u) | (digits.y << 21u), digits.y >> 11u);
    let up = (digits.x & 0x7ffu) + (kept.x & 1u) > 0x400u;
    return hpc__u64_add(kept, vec2u(u32(up), sign + (u32(place - 1) << 20u)));
}

// The sum.
fn hpc__double_add(a: vec2u, b: vec2u) -> vec2u {
    let swaps = hpc__u64_less(hpc__double_size(a), hpc__double_size(b));
    let large = select(a, b, swaps);
    let small = select(b, a, swaps);
    let place = max(hpc__double_exponent(large), 1u);
    if place == 2047u {
        return select(large, vec2u(0u, 0x7ff80000u), (large.y ^ small.y) == 0x80000000u);
    }
    // Ten more digits, so that what the smaller one loses does not matter.
    let first = hpc__u64_shift_left(hpc__double_mantissa(large), 10u);
    let aligned = hpc__u64_shift_left(hpc__double_mantissa(small), 10u);
    let second = hpc__u64_shift_right(aligned, place - max(hpc__double_exponent(small), 1u));
    let differ = ((large.y ^ small.y) >> 31u) == 1u;
    let sum = select(hpc__u64_add(first, second), hpc__u64_subtract(first, second), differ);
    let sign = select(large.y, large.y & small.y, (sum.x | sum.y) == 0u) & 0x80000000u;
    return hpc__double_rounded(sign, i32(place) - 1085, sum);
}

// The product.
fn hpc__double_multiply(a: vec2u, b: vec2u) -> vec2u {
    let sign = (a.y ^ b.y) & 0x80000000u;
    let zero = all(hpc__double_size(a) == vec2u(0u)) || all(hpc__double_size(b) == vec2u(0u));
    if max(hpc__double_exponent(a), hpc__double_exponent(b)) == 2047u {
        let nan = zero || hpc__double_is_nan(a) || hpc__double_is_nan(b);
        return vec2u(0u, select(sign | 0x7ff00000u, 0x7ff80000u, nan));
    }
    if zero {
        return vec2u(0u, sign);
    }
    let x = hpc__double_parts(a);
    let y = hpc__double_parts(b);
    let product = hpc__u64_high_product(hpc__u64_shift_left(x.xy, 11u), hpc__u64_shift_left(y.xy, 11u));
    return hpc__double_rounded(sign, i32(x.z + y.z) + 42, product);
}

// The quotient.
fn hpc__double_divide(a: vec2u, b: vec2u) -> vec2u {
    let sign = (a.y ^ b.y) & 0x80000000u;
    let no_dividend = all(hpc__double_size(a) == vec2u(0u));
    let no_divisor = all(hpc__double_size(b) == vec2u(0u));
    let infinite = hpc__double_exponent(a) == 2047u;
    let by_infinite = hpc__double_exponent(b) == 2047u;
    if infinite || by_infinite || no_dividend || no_divisor {
        let nan = hpc__double_is_nan(a) || hpc__double_is_nan(b);
        if nan || (infinite && by_infinite) || (no_dividend && no_divisor) {
            return vec2u(0u, 0x7ff80000u);
        }
        return vec2u(0u, select(sign, sign | 0x7ff00000u, infinite || no_divisor));
    }
    let x = hpc__double_parts(a);
    let y = hpc__double_parts(b);
    return hpc__double_rounded(sign, i32(x.z - y.z) - 55, hpc__u64_divide(x.xy, y.xy));
}

// a % b, with the sign of a.
fn hpc__double_remainder(a: vec2u, b: vec2u) -> vec2u {
    let dividend = hpc__double_size(a);
    let divisor = hpc__double_size(b);
    if hpc__double_exponent(a) == 2047u || all(divisor == vec2u(0u)) || hpc__double_is_nan(b) {
        return vec2u(0u, 0x7ff80000u);
    }
    if hpc__u64_less(dividend, divisor) {
        return a;
    }
    let x = hpc__double_parts(dividend);
    let y = hpc__double_parts(divisor);
    let inverse = 1.0 / hpc__i64_estimate(y.xy);
    var rest = hpc__u64_divide_step(x.xy, y.xy, inverse, 0u).xy;
    // 54 binary digits a round, as some drivers end an invocation's loops after so many rounds in all.
    var digits = x.z - y.z;
    while digits > 0u {
        let first = min(digits, 18u);
        let second = min(digits - first, 18u);
        let third = min(digits - first - second, 18u);
        rest = hpc__u64_divide_step(rest, y.xy, inverse, first).xy;
        rest = hpc__u64_divide_step(rest, y.xy, inverse, second).xy;
        rest = hpc__u64_divide_step(rest, y.xy, inverse, third).xy;
        digits -= first + second + third;
    }
    rest = select(rest, hpc__u64_add(rest, y.xy), i32(rest.y) < 0);
    return hpc__double_rounded(a.y & 0x80000000u, i32(y.z), rest);
}

// The square root.
fn hpc__double_sqrt(bits: vec2u) -> vec2u {
    if all(hpc__double_size(bits) == vec2u(0u)) || all(bits == vec2u(0u, 0x7ff00000u)) {
        return bits;
    }
    if hpc__double_exponent(bits) == 2047u || bits.y >> 31u == 1u {
        return vec2u(0u, 0x7ff80000u);
    }
    // The first 22 binary digits of the root, then 16 and 16 more.
    let parts = hpc__double_parts(bits);
    let odd = parts.z & 1u;
    let square = hpc__u64_shift_left(parts.xy, odd);
    let start = u32(round(sqrt(hpc__i64_estimate(square)) * 0.03125));
    let top = vec2u((square.x >> 10u) | (square.y << 22u), square.y >> 10u);
    let rest = hpc__u64_subtract(top, hpc__u64_multiply(vec2u(start, 0u), vec2u(start, 0u)));
    let refined = hpc__double_sqrt_step(vec4u(start, 0u, rest), square.x << 22u);
    let root = hpc__double_sqrt_step(refined, 0u);
    // A negative rest takes one off the last digit, and something is left.
    var doubled = hpc__u64_shift_left(root.xy, 1u);
    doubled.x |= u32((root.z | root.w) != 0u);
    doubled = select(doubled, hpc__u64_subtract(doubled, vec2u(2u, 0u)), i32(root.w) < 0);
    return hpc__double_rounded(0u, (i32(parts.z - odd) >> 1u) - 28, doubled);
}

// Another 16 binary digits of a root, and what is left of 32 more of the square: both in two words each.
fn hpc__double_sqrt_step(root: vec4u, square: u32) -> vec4u {
    let digits = i32(round(hpc__i64_estimate(root.zw) * 32768.0 / hpc__i64_estimate(root.xy)));
    let signed = vec2u(u32(digits), u32(digits >> 31u));
    let doubled = hpc__u64_add(hpc__u64_shift_left(root.xy, 17u), signed);
    let rest = hpc__u64_subtract(vec2u(square, root.z), hpc__u64_multiply(doubled, signed));
    return vec4u(hpc__u64_add(hpc__u64_shift_left(root.xy, 16u), signed), rest);
}

// a to the power of b, an integer, an infinity or NaN.
fn hpc__double_pow(a: vec2u, b: vec2u) -> vec2u {
    let size = hpc__double_size(a);
    let exponent = hpc__double_exponent(b);
    if all(hpc__double_size(b) == vec2u(0u)) {
        return vec2u(0u, 0x3ff00000u);
    }
    let one = all(size == vec2u(0u, 0x3ff00000u));
    if hpc__double_is_nan(a) || hpc__double_is_nan(b) || (one && exponent == 2047u) {
        return vec2u(0u, 0x7ff80000u);
    }
    // An exponent from 2^63 is even, and as good as infinite.
    var count = vec2u(0u);
    if exponent < 1086u {
        let mantissa = hpc__double_mantissa(b);
        let whole = hpc__u64_shift_right(mantissa, 1075u - min(exponent, 1075u));
        count = hpc__u64_shift_left(whole, max(exponent, 1075u) - 1075u);
    }
    let sign = select(0u, a.y & 0x80000000u, (count.x & 1u) == 1u);
    let negative = b.y >> 31u == 1u;
    if one {
        return vec2u(0u, sign | 0x3ff00000u);
    }
    if exponent > 1085u || all(size == vec2u(0u)) || size.y >= 0x7ff00000u {
        return vec2u(0u, sign | select(0u, 0x7ff00000u, (size.y >= 0x3ff00000u) != negative));
    }
    return hpc__double_pow_of_size(sign, hpc__double_parts(size), count, negative);
}

// A positive number, in parts, to the power of an integer, by squaring in 128 bits.
fn hpc__double_pow_of_size(sign: u32, parts: vec3u, exponent: vec2u, negative: bool) -> vec2u {
    var square = vec4u(0u, 0u, hpc__u64_shift_left(parts.xy, 11u));
    var square_place = i32(parts.z) + 52;
    var power = vec4u(0u, 0u, 0u, 0x80000000u);
    var place = 0;
    var count = exponent;
    while (count.x | count.y) != 0u {
        if abs(square_place) > 4096 {
            // Far too large or too small, and so is the power.
            place = square_place;
            break;
        }
        if (count.x & 1u) == 1u {
            let product = hpc__u128_product(power, square);
            place += square_place + i32(product.w >> 31u);
            power = hpc__u128_normalized(product);
        }
        let product = hpc__u128_product(square, square);
        square_place = 2 * square_place + i32(product.w >> 31u);
        square = hpc__u128_normalized(product);
        count = vec2u((count.x >> 1u) | (count.y << 31u), count.y >> 1u);
    }
    if negative {
        place = -place;
        if any(power != vec4u(0u, 0u, 0u, 0x80000000u)) {
            place -= 1;
            power = hpc__u128_inverse(power);
        }
    }
    let lost = u32((power.x | power.y) != 0u);
    return hpc__double_rounded(sign, place - 63, vec2u(power.z | lost, power.w));
}

// 2^255 / a, where the highest bit of a is 1 and others are: half of the digits from a division, all by a step of Newton's method.
fn hpc__u128_inverse(a: vec4u) -> vec4u {
    let top = vec2u((a.z >> 11u) | (a.w << 21u), a.w >> 11u);
    let half = hpc__u64_divide(vec2u(0u, 0x100000u), hpc__u64_add(top, vec2u(1u, 0u)));
    let guess = vec4u(0u, 0u, hpc__u64_shift_left(half, 9u));
    // 2 less the product with the guess, which is nearly 1: the negative is one off.
    return hpc__u128_normalized(hpc__u128_product(guess, ~hpc__u128_product(a, guess)));
}

// A double without its fraction, after its size was increased: 0 by nothing, 1 by what takes any fraction to the next integer, 2 by a
// half, 3 by nearly a half.
fn hpc__double_whole(bits: vec2u, increase: u32) -> vec2u {
    let exponent = hpc__double_exponent(bits);
    if exponent > 1074u {
        return bits;
    }
    if exponent < 1023u {
        let fraction = (bits.x | (bits.y & 0xfffffu)) != 0u;
        let near = exponent == 1022u && (increase == 2u || (increase == 3u && fraction));
        let up = near || (increase == 1u && (fraction || exponent > 0u));
        return vec2u(0u, (bits.y & 0x80000000u) | select(0u, 0x3ff00000u, up));
    }
    // A carry goes on into the exponent, and the fraction is 0 then.
    let half = hpc__u64_shift_left(vec2u(1u, 0u), 1074u - exponent);
    let less = hpc__u64_subtract(half, vec2u(1u, 0u));
    let mask = half | less;
    var more = select(vec2u(0u), mask, increase == 1u);
    more = select(more, half, increase == 2u);
    more = select(more, less, increase == 3u);
    return hpc__u64_add(bits, more) & ~mask;
}

// A number that orders doubles: -0 is below 0, NaN above all.
fn hpc__double_order(bits: vec2u) -> vec2u {
    return bits ^ select(vec2u(0u, 0x80000000u), vec2u(0xffffffffu), bits.y >> 31u == 1u);
}

// The bits of the nearest float with so many binary digits behind the point and this bias, without the sign.
fn hpc__double_nearest(bits: vec2u, digits: u32, bias: i32) -> u32 {
    if hpc__double_is_nan(bits) {
        return u32(4 * bias + 3) << (digits - 1u);
    }
    let mantissa = 0x80000000u | (bits.y << 11u) | (bits.x >> 21u) | u32(bits.x << 11u != 0u);
    return hpc__nearest_bits(mantissa, i32(hpc__double_exponent(bits)) - 1023, digits, bias);
}

// The bits of the nearest single.
fn hpc__double_to_f32(bits: vec2u) -> u32 {
    return (bits.y & 0x80000000u) | hpc__double_nearest(bits, 23u, 127);
}

// The bits of the nearest half.
fn hpc__double_to_f16(bits: vec2u) -> u32 {
    return ((bits.y >> 16u) & 0x8000u) | hpc__double_nearest(bits, 10u, 15);
}

// A single as a double. Takes the bits, as drivers may take subnormal singles for 0.
fn hpc__double_of_f32(x: f32) -> vec2u {
    let bits = bitcast<u32>(x);
    let sign = bits & 0x80000000u;
    let mantissa = bits & 0x7fffffu;
    let exponent = (bits >> 23u) & 255u;
    if exponent == 0u {
        return hpc__double_rounded(sign, -149, vec2u(mantissa, 0u));
    }
    let place = select(exponent + 896u, 2047u, exponent == 255u);
    return vec2u(mantissa << 29u, sign | (place << 20u) | (mantissa >> 3u));
}

// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and the infinities give 0.
fn hpc__double_to_int32(bits: vec2u) -> i32 {
    let exponent = hpc__double_exponent(bits);
    if exponent < 1023u || exponent > 1106u {
        return 0;
    }
    let mantissa = hpc__double_mantissa(bits);
    // The shift to the right may set the last bit for what it loses: one digit more is kept and then dropped.
    let doubled = hpc__u64_shift_right(hpc__u64_shift_left(mantissa, 1u), 1075u - min(exponent, 1075u));
    let whole = (doubled.x >> 1u) | (doubled.y << 31u);
    let size = i32(whole << (max(exponent, 1075u) - 1075u));
    return select(size, -size, bits.y >> 31u == 1u);
}

// Uint8ClampedArray's conversion: 0 to 255, halves to the even one, NaN to 0.
fn hpc__double_to_clamped(bits: vec2u) -> u32 {
    let exponent = hpc__double_exponent(bits);
    if bits.y >> 31u == 1u || exponent < 1022u || hpc__double_is_nan(bits) {
        return 0u;
    }
    if exponent > 1030u {
        return 255u;
    }
    // 31 digits, the last one 1 if any were lost.
    let mantissa =
        ((bits.y & 0xfffffu) << 10u) | 0x40000000u | (bits.x >> 22u) | u32(bits.x << 10u != 0u);
    let place = 1053u - exponent;
    let whole = mantissa >> place;
    let rest = mantissa & ((1u << place) - 1u);
    return min(whole + u32(rest + (whole & 1u) > 1u << (place - 1u)), 255u);
}
