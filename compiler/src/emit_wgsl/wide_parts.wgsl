// Doubles taken apart, and what they need of 64-bit integers, the low word first: for devices that have neither, and for what devices
// that have both do not promise.
//
// The parts of a double are a mantissa of 64 bits, of which the highest is 1 (x and y), the exponent as IEEE stores it, but signed and
// without bounds (z), and the sign bit (w). A last bit of 1 stands for all digits that were lost. Zero has the mantissa 0 and a very
// low exponent, infinity one of about 2^14, NaN one from 2^16: so most operations need not ask for them.
//
// Drivers put each call's text in its place, and some take long over branches. So what is rare is computed and not chosen where that is
// short, and conditions are joined by & and |, which evaluate both sides, and not by && and ||, which branch.

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
    let product = a * b;
    let first = product + c;
    let second = first + d;
    return vec2u(second, hpc__high_product(a, b) + u32(first < c) + u32(second < d));
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
    return select(a.y < b.y, a.x < b.x, a.y == b.y);
}

// a << count, for counts below 64.
fn hpc__u64_shift_left(a: vec2u, count: u32) -> vec2u {
    let part = count & 31u;
    let words = select(a, vec2u(0u, a.x), count > 31u);
    return vec2u(words.x << part, (words.y << part) | ((words.x >> 1u) >> (31u - part)));
}

// a >> count, for counts below 64.
fn hpc__u64_shift_right(a: vec2u, count: u32) -> vec2u {
    let part = count & 31u;
    let words = select(a, vec2u(a.y, 0u), count > 31u);
    return vec2u((words.x >> part) | ((words.y << 1u) << (31u - part)), words.y >> part);
}

// a >> count, for any count. The last bit is 1 if anything is lost.
fn hpc__u64_shift_right_sticky(a: vec2u, count: u32) -> vec2u {
    let limited = min(count, 63u);
    let kept = hpc__u64_shift_right(a, limited);
    return vec2u(kept.x | u32(hpc__u64_trailing_zeros(a) < limited), kept.y);
}

// The zeros behind the last one, 64 without any.
fn hpc__u64_trailing_zeros(a: vec2u) -> u32 {
    return select(32u + countTrailingZeros(a.y), countTrailingZeros(a.x), a.x != 0u);
}

// The size of a signed integer.
fn hpc__i64_abs(a: vec2u) -> vec2u {
    return select(a, hpc__u64_subtract(vec2u(0u), a), a.y >> 31u == 1u);
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
    return select(left.x, left.x - b, (left.y == 1u) | (left.x >= b));
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

// The parts of a double: a sign bit, an exponent as if the highest bit of the mantissa were 1, and the mantissa.
fn hpc__parts(sign: u32, exponent: u32, mantissa: vec2u) -> vec4u {
    let word = select(mantissa, vec2u(0u, mantissa.x), mantissa.y == 0u);
    let zeros = countLeadingZeros(word.y) & 31u;
    let shifted = vec2u(word.x << zeros, (word.y << zeros) | ((word.x >> 1u) >> (31u - zeros)));
    let lack = select(zeros, zeros + 32u, mantissa.y == 0u);
    return vec4u(shifted, exponent - select(lack, 4096u, word.y == 0u), sign);
}

// NaN.
fn hpc__parts_of_nan() -> vec4u {
    return vec4u(0u, 0x80000000u, 0x100000u, 0u);
}

// Whether it is NaN.
fn hpc__parts_are_nan(a: vec4u) -> bool {
    return i32(a.z) >= 0x10000;
}

// Whether it is infinite or NaN.
fn hpc__parts_are_infinite(a: vec4u) -> bool {
    return i32(a.z) > 2046;
}

// Whether the size of a is below that of b.
fn hpc__parts_less(a: vec4u, b: vec4u) -> bool {
    return select(i32(a.z) < i32(b.z), hpc__u64_less(a.xy, b.xy), a.z == b.z);
}

// The IEEE bits of the nearest double, of two the even one.
fn hpc__parts_bits(a: vec4u) -> vec2u {
    let exponent = max(i32(a.z), 1);
    let digits = hpc__u64_shift_right_sticky(a.xy, u32(exponent - i32(a.z)));
    // The leading one counts the exponent up, and so does a carry.
    let kept = vec2u((digits.x >> 11u) | (digits.y << 21u), digits.y >> 11u);
    let up = u32((digits.x & 0x7ffu) + (kept.x & 1u) > 0x400u);
    let bits = hpc__u64_add(kept, vec2u(up, a.w + (u32(exponent - 1) << 20u)));
    let special = select(a.w | 0x7ff00000u, 0x7ff80000u, (a.y == 0u) | hpc__parts_are_nan(a));
    return select(bits, vec2u(0u, special), hpc__parts_are_infinite(a));
}

// The sum.
fn hpc__parts_add(a: vec4u, b: vec4u) -> vec4u {
    let swaps = hpc__parts_less(a, b);
    let large = select(a, b, swaps);
    let small = select(b, a, swaps);
    // Ten digits are left behind those of the larger one, so that what the smaller one loses does not matter.
    let first = vec2u((large.x >> 1u) | (large.y << 31u), large.y >> 1u);
    let second = hpc__u64_shift_right_sticky(small.xy, large.z - small.z + 1u);
    let differ = large.w != small.w;
    let sum = select(hpc__u64_add(first, second), hpc__u64_subtract(first, second), differ);
    let sign = select(large.w, large.w & small.w, (sum.x | sum.y) == 0u);
    return hpc__parts(sign, large.z + 1u, sum);
}

// The product.
fn hpc__parts_multiply(a: vec4u, b: vec4u) -> vec4u {
    return hpc__parts(a.w ^ b.w, a.z + b.z - 1022u, hpc__u64_high_product(a.xy, b.xy));
}

// The quotient.
fn hpc__parts_divide(a: vec4u, b: vec4u) -> vec4u {
    let quotient = hpc__u64_divide(hpc__u64_shift_right(a.xy, 11u), hpc__u64_shift_right(b.xy, 11u));
    let infinite = vec4u(0u, 0x80000000u, 0x4000u, a.w ^ b.w);
    let result = select(hpc__parts(a.w ^ b.w, a.z - b.z + 1031u, quotient), infinite, b.y == 0u);
    let both = ((a.y | b.y) == 0u) | (hpc__parts_are_infinite(a) & hpc__parts_are_infinite(b));
    return select(result, hpc__parts_of_nan(), both | hpc__parts_are_nan(a) | hpc__parts_are_nan(b));
}

// a % b, with the sign of a.
fn hpc__parts_remainder(a: vec4u, b: vec4u) -> vec4u {
    let nan = hpc__parts_are_infinite(a) | hpc__parts_are_nan(b) | (b.y == 0u);
    let less = hpc__parts_less(a, b);
    // 36 binary digits a round, as some drivers end an invocation's loops after so many rounds in all.
    let divisor = hpc__u64_shift_right(b.xy, 11u);
    let inverse = 1.0 / hpc__i64_estimate(divisor);
    var rest = hpc__u64_shift_right(a.xy, 11u);
    var digits = select(a.z - b.z, 0u, nan | less);
    var goes_on = true;
    // Mesa 22.3 forgets what invocations that leave a loop before others computed in their last round.
    while goes_on {
        let first = min(digits, 18u);
        let second = min(digits - first, 18u);
        rest = hpc__u64_divide_step(rest, divisor, inverse, first).xy;
        rest = hpc__u64_divide_step(rest, divisor, inverse, second).xy;
        digits -= first + second;
        goes_on = digits != 0u;
    }
    rest = select(rest, hpc__u64_add(rest, divisor), i32(rest.y) < 0);
    return select(select(hpc__parts(a.w, b.z + 11u, rest), a, less), hpc__parts_of_nan(), nan);
}

// The square root.
fn hpc__parts_sqrt(a: vec4u) -> vec4u {
    if a.y == 0u {
        return a;
    }
    // The first 22 binary digits of the root, then 16 and 16 more.
    let odd = ~a.z & 1u;
    let square = hpc__u64_shift_right(a.xy, 11u - odd);
    let start = u32(round(sqrt(hpc__i64_estimate(square)) * 0.03125));
    let top = vec2u((square.x >> 10u) | (square.y << 22u), square.y >> 10u);
    let rest = hpc__u64_subtract(top, hpc__u64_multiply(vec2u(start, 0u), vec2u(start, 0u)));
    let refined = hpc__u64_sqrt_step(vec4u(start, 0u, rest), square.x << 22u);
    let root = hpc__u64_sqrt_step(refined, 0u);
    // A negative rest takes one off the last digit, and something is left.
    var doubled = hpc__u64_shift_left(root.xy, 1u);
    doubled.x |= u32((root.z | root.w) != 0u);
    doubled = select(doubled, hpc__u64_subtract(doubled, vec2u(2u, 0u)), i32(root.w) < 0);
    let result = hpc__parts(0u, u32((i32(a.z - odd) >> 1u) + 521), doubled);
    return select(result, hpc__parts_of_nan(), a.w != 0u);
}

// Another 16 binary digits of a root, and what is left of 32 more of the square: both in two words each.
fn hpc__u64_sqrt_step(root: vec4u, square: u32) -> vec4u {
    let digits = i32(round(hpc__i64_estimate(root.zw) * 32768.0 / hpc__i64_estimate(root.xy)));
    let signed = vec2u(u32(digits), u32(digits >> 31u));
    let doubled = hpc__u64_add(hpc__u64_shift_left(root.xy, 17u), signed);
    let rest = hpc__u64_subtract(vec2u(square, root.z), hpc__u64_multiply(doubled, signed));
    return vec4u(hpc__u64_add(hpc__u64_shift_left(root.xy, 16u), signed), rest);
}

// a to the power of b, an integer, an infinity or NaN.
fn hpc__parts_pow(a: vec4u, b: vec4u) -> vec4u {
    let one = all(a.xyz == vec3u(0u, 0x80000000u, 1023u));
    let infinite = hpc__parts_are_infinite(b);
    if b.y == 0u {
        return vec4u(0u, 0x80000000u, 1023u, 0u);
    }
    if hpc__parts_are_nan(a) | hpc__parts_are_nan(b) | (one & infinite) {
        return hpc__parts_of_nan();
    }
    // An exponent from 2^63 is even, and as good as infinite.
    let huge = i32(b.z) > 1085;
    let count = select(hpc__u64_shift_right(b.xy, (1086u - b.z) & 63u), vec2u(0u), huge);
    let sign = select(0u, a.w, (count.x & 1u) == 1u);
    if one {
        return vec4u(a.xyz, sign);
    }
    if huge | (a.y == 0u) | hpc__parts_are_infinite(a) {
        let large = (i32(a.z) >= 1023) == (b.w == 0u);
        return vec4u(0u, 0x80000000u, select(0xffffc000u, 0x4000u, large), sign);
    }
    return hpc__parts_pow_of_size(vec4u(a.xyz, sign), count, b.w != 0u);
}

// A size to the power of an integer, by squaring in 128 bits. The sign is the power's.
fn hpc__parts_pow_of_size(a: vec4u, exponent: vec2u, negative: bool) -> vec4u {
    var square = vec4u(0u, 0u, a.xy);
    var square_place = i32(a.z) - 1023;
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
        count = hpc__u64_shift_right(count, 1u);
    }
    if negative {
        place = -place;
        if any(power != vec4u(0u, 0u, 0u, 0x80000000u)) {
            place -= 1;
            power = hpc__u128_inverse(power);
        }
    }
    let lost = u32((power.x | power.y) != 0u);
    return vec4u(power.z | lost, power.w, u32(place + 1023), a.w);
}

// 2^255 / a, where the highest bit of a is 1 and others are: half of the digits from a division, all by a step of Newton's method.
fn hpc__u128_inverse(a: vec4u) -> vec4u {
    let top = vec2u((a.z >> 11u) | (a.w << 21u), a.w >> 11u);
    let half = hpc__u64_divide(vec2u(0u, 0x100000u), hpc__u64_add(top, vec2u(1u, 0u)));
    let guess = vec4u(0u, 0u, hpc__u64_shift_left(half, 9u));
    // 2 less the product with the guess, which is nearly 1: the negative is one off.
    return hpc__u128_normalized(hpc__u128_product(guess, ~hpc__u128_product(a, guess)));
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

// Four times the size, below 2^54. The last bit is 1 if anything is lost.
fn hpc__parts_quarters(a: vec4u) -> vec2u {
    return hpc__u64_shift_right_sticky(a.xy, u32(clamp(1084 - i32(a.z), 10, 63)));
}

// An integer below 2^52 near the size: increased by 0, without its fraction; by 3 quarters, the next one unless it is one; by 2, the
// nearest, halves up; by 1, the nearest, halves down.
fn hpc__parts_whole(a: vec4u, increase: u32) -> vec2u {
    return hpc__u64_shift_right(hpc__u64_add(hpc__parts_quarters(a), vec2u(increase, 0u)), 2u);
}

// Whether it has no fraction for its size.
fn hpc__parts_are_large(a: vec4u) -> bool {
    return i32(a.z) > 1074;
}

// The bits of the nearest float with so many binary digits behind the point and this bias.
fn hpc__parts_nearest(a: vec4u, digits: u32, bias: i32) -> u32 {
    let bits = hpc__nearest_bits(a.y | u32(a.x != 0u), i32(a.z) - 1023, digits, bias);
    // NaN has a digit more.
    return select(bits, u32(4 * bias + 3) << (digits - 1u), hpc__parts_are_nan(a));
}

// The bits of the nearest single.
fn hpc__parts_to_f32(a: vec4u) -> u32 {
    return a.w | hpc__parts_nearest(a, 23u, 127);
}

// The bits of the nearest half.
fn hpc__parts_to_f16(a: vec4u) -> u32 {
    return (a.w >> 16u) | hpc__parts_nearest(a, 10u, 15);
}

// The parts of a single. Takes the bits, as drivers may take subnormal singles for 0.
fn hpc__parts_of_f32(x: f32) -> vec4u {
    let bits = bitcast<u32>(x);
    let exponent = (bits >> 23u) & 255u;
    let fraction = bits & 0x7fffffu;
    let special = select(0x4000u, 0x100000u, fraction != 0u);
    let mantissa = (fraction << 8u) | select(0x80000000u, 0u, exponent == 0u);
    let place = select(max(exponent, 1u) + 896u, special, exponent == 255u);
    return hpc__parts(bits & 0x80000000u, place, vec2u(0u, mantissa));
}

// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and the infinities give 0.
fn hpc__parts_to_int32(a: vec4u) -> i32 {
    let shift = 1086 - i32(a.z);
    let whole = hpc__u64_shift_right(a.xy, u32(clamp(shift, 0, 63))).x << u32(clamp(-shift, 0, 31));
    let size = select(i32(whole), 0, shift > 63);
    return select(size, -size, a.w != 0u);
}

// Uint8ClampedArray's conversion: 0 to 255, halves to the even one, NaN to 0.
fn hpc__parts_to_clamped(a: vec4u) -> u32 {
    let quarters = hpc__parts_quarters(a).x;
    let whole = quarters >> 2u;
    let nearest = min(whole + u32((quarters & 3u) + (whole & 1u) > 2u), 255u);
    return select(select(nearest, 255u, i32(a.z) > 1030), 0u, (a.w != 0u) | hpc__parts_are_nan(a));
}

// a to the power of b, an integer, an infinity or NaN.
fn hpc__wide_pow(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_of_parts(hpc__parts_pow(hpc__wide_parts(a), hpc__wide_parts(b)));
}

// The square root.
fn hpc__wide_sqrt(w: hpc__wide) -> hpc__wide {
    return hpc__wide_of_parts(hpc__parts_sqrt(hpc__wide_parts(w)));
}
