// The functions that give WGSL the semantics of JavaScript. Each stands between blank lines and is emitted only where used.

// A float from its bits. WGSL has no literals for NaN, the infinities and -0, and refuses constant expressions that give them.
fn hpc__f32(bits: u32) -> f32 {
    return bitcast<f32>(bits);
}

// Hides a constant from the WGSL compiler, which would refuse a constant expression that overflows.
fn hpc__i32(value: i32) -> i32 {
    return value;
}

// Hides a constant from the WGSL compiler, which would refuse a constant expression that overflows.
fn hpc__u32(value: u32) -> u32 {
    return value;
}

// Zero, which drivers cannot tell, as they take 0 / x and 0 * x for 0 even if x is NaN or infinite: no extent is negative.
fn hpc__zero() -> f32 {
    return f32(hpc__params.hpc__extents.x >> 31u);
}

// Whether x is NaN. Looks at the bits, as drivers may assume that no float is NaN.
fn hpc__is_nan(x: f32) -> bool {
    return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

// The size of one number with the sign of another, which may be -0.
fn hpc__with_sign(size: f32, sign: f32) -> f32 {
    return bitcast<f32>((bitcast<u32>(size) & 0x7fffffffu) | (bitcast<u32>(sign) & 0x80000000u));
}

// The integer not above x. What is no i32, NaN too, gives the lowest one, as WGSL leaves that conversion open.
fn hpc__floor_to_i32(x: f32) -> i32 {
    let below = floor(x);
    if (bitcast<u32>(below) & 0x7fffffffu) < 0x4f000000u {
        return i32(below);
    }
    return i32(-2147483648);
}

// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and the infinities give 0.
fn hpc__to_int32(x: f32) -> i32 {
    let bits = bitcast<u32>(x);
    let exponent = (bits >> 23u) & 255u;
    if exponent < 158u {
        return i32(x);
    }
    if exponent >= 182u {
        return 0;
    }
    let size = i32(((bits & 0x7fffffu) | 0x800000u) << (exponent - 150u));
    return select(size, -size, (bits >> 31u) == 1u);
}

// A single, of which drivers cannot tell how it was computed: they join roundings where they may.
fn hpc__rounded(x: f32) -> f32 {
    return bitcast<f32>(bitcast<u32>(x) ^ (u32(hpc__params.hpc__extents.x) >> 31u));
}

// a % b, and 0 by 0.
fn hpc__remainder_of_i32(a: i32, b: i32) -> i32 {
    return select(a % select(b, 1, b == 0), 0, b == 0);
}

// a % b, and 0 by 0.
fn hpc__remainder_of_u32(a: u32, b: u32) -> u32 {
    return select(a % select(b, 1u, b == 0u), 0u, b == 0u);
}

// a / b rounded toward zero, and 0 by 0.
fn hpc__quotient_of_i32(a: i32, b: i32) -> i32 {
    return select(a / select(b, 1, b == 0), 0, b == 0);
}

// a / b rounded down, and 0 by 0.
fn hpc__quotient_of_u32(a: u32, b: u32) -> u32 {
    return select(a / select(b, 1u, b == 0u), 0u, b == 0u);
}

// a / b rounded down; WGSL rounds toward zero.
fn hpc__floor_divide(a: i32, b: i32) -> i32 {
    let quotient = a / b;
    let remainder = a - quotient * b;
    return select(quotient, quotient - 1, remainder != 0 && (remainder ^ b) < 0);
}

// x % y, exactly, with the sign of x. WGSL's own is x - y * trunc(x / y), which loses all precision when x is much larger than y.
fn hpc__remainder(x: f32, y: f32) -> f32 {
    let sign = bitcast<u32>(x) & 0x80000000u;
    let dividend = bitcast<u32>(x) & 0x7fffffffu;
    let divisor = bitcast<u32>(y) & 0x7fffffffu;
    if divisor == 0u || dividend >= 0x7f800000u || divisor > 0x7f800000u {
        return hpc__f32(0x7fc00000u);
    }
    if dividend < divisor {
        return x;
    }
    // Long division of the mantissas, eight binary digits at a time.
    let low = max(divisor >> 23u, 1u);
    let modulus = hpc__mantissa(divisor);
    var rest = hpc__mantissa(dividend) % modulus;
    var digits = max(dividend >> 23u, 1u) - low;
    while digits > 0u {
        let step = min(digits, 8u);
        rest = (rest << step) % modulus;
        digits -= step;
    }
    if rest == 0u {
        return bitcast<f32>(sign);
    }
    // Puts the leading one back where a float has it, unless that needs an exponent below the smallest.
    let shift = countLeadingZeros(rest) - 8u;
    if shift >= low {
        return bitcast<f32>(sign | (rest << (low - 1u)));
    }
    return bitcast<f32>(sign | ((low - shift) << 23u) | ((rest << shift) & 0x7fffffu));
}

// The integer that a positive float's bits scale by a power of two.
fn hpc__mantissa(bits: u32) -> u32 {
    return select((bits & 0x7fffffu) | 0x800000u, bits, bits < 0x800000u);
}

// The larger number, or NaN if either is; WGSL may give the other one.
fn hpc__max(a: f32, b: f32) -> f32 {
    return select(hpc__max_of_known(a, b), b, hpc__is_nan(b));
}

// The larger one of a number that may be NaN and one that is not.
fn hpc__max_of_known(a: f32, b: f32) -> f32 {
    return select(max(a, b), a, hpc__is_nan(a));
}

// The smaller number, or NaN if either is; WGSL may give the other one.
fn hpc__min(a: f32, b: f32) -> f32 {
    return select(hpc__min_of_known(a, b), b, hpc__is_nan(b));
}

// The smaller one of a number that may be NaN and one that is not.
fn hpc__min_of_known(a: f32, b: f32) -> f32 {
    return select(min(a, b), a, hpc__is_nan(a));
}

// The nearest integer, halves up; WGSL takes the even one of two.
fn hpc__round(x: f32) -> f32 {
    let below = floor(x);
    // What is between -0.5 and 0 gives -0.
    return select(below, hpc__with_sign(below + 1.0, x), x - below >= 0.5);
}

// -1, 0 or 1; zero keeps its sign and NaN stays.
fn hpc__sign(x: f32) -> f32 {
    if x > 0.0 {
        return 1.0;
    }
    return select(x, -1.0, x < 0.0);
}

// The square root, NaN below 0, where WGSL leaves the result open.
fn hpc__sqrt(x: f32) -> f32 {
    if x < 0.0 {
        return hpc__f32(0x7fc00000u);
    }
    return sqrt(x);
}

// The cube root: a guess from the exponent, then Newton's method.
fn hpc__cbrt(x: f32) -> f32 {
    let size = abs(x);
    if size == 0.0 || (bitcast<u32>(size) >= 0x7f800000u) {
        return x;
    }
    var root = bitcast<f32>(bitcast<u32>(size) / 3u + 709921077u);
    for (var round = 0; round < 3; round += 1) {
        root -= (root - size / (root * root)) / 3.0;
    }
    return hpc__with_sign(root, x);
}

// The length of the hypotenuse, scaled where a square would overflow or vanish.
fn hpc__hypot(x: f32, y: f32) -> f32 {
    let longer = max(abs(x), abs(y));
    let bits = max(bitcast<u32>(x) & 0x7fffffffu, bitcast<u32>(y) & 0x7fffffffu);
    if bits >= 0x7f800000u {
        let infinite = abs(x) == hpc__f32(0x7f800000u) || abs(y) == hpc__f32(0x7f800000u);
        return hpc__f32(select(0x7fc00000u, 0x7f800000u, infinite));
    }
    if longer == 0.0 || (longer > 1e-15 && longer < 1e15) {
        return sqrt(x * x + y * y);
    }
    let shorter = min(abs(x), abs(y)) / longer;
    return longer * sqrt(1.0 + shorter * shorter);
}

// The angle less the nearest multiple of a quarter turn, and that multiple. Drivers lose precision on large angles, and some
// have little for any.
fn hpc__reduce_angle(x: f32) -> vec2f {
    if abs(x) > 32768.0 {
        return hpc__reduce_large_angle(x);
    }
    // The quarter is split in four parts, of which the first three have so few digits that their multiples are exact.
    let quarters = round(x * 0.63661977);
    let rest =
        (((x - quarters * 1.5703125) - quarters * 0.00048351288) - quarters * 3.1385571e-7) - quarters * 6.077101e-11;
    return vec2f(select(rest, x, quarters == 0.0), quarters);
}

// Likewise for large angles, by integer arithmetic: the digits of x / 2π behind the point.
fn hpc__reduce_large_angle(x: f32) -> vec2f {
    let bits = bitcast<u32>(x) & 0x7fffffffu;
    if bits >= 0x7f800000u {
        return vec2f(hpc__f32(0x7fc00000u), 0.0);
    }
    // The binary digits of 1 / 2π behind a word of zeros. Those before `first` give whole turns, as the mantissa is an integer.
    var digits =
        array<u32, 7>(0u, 0x28be60dbu, 0x9391054au, 0x7f09d5f4u, 0x7d4d3770u, 0x36d8a566u, 0x4f10e410u);
    let first = (bits >> 23u) - 118u;
    let word = first >> 5u;
    let shift = first & 31u;
    let a = (digits[word] << shift) | ((digits[word + 1u] >> 1u) >> (31u - shift));
    let b = (digits[word + 1u] << shift) | ((digits[word + 2u] >> 1u) >> (31u - shift));
    // The product of the mantissa and a.b, of which only the 32 digits behind the point count.
    let mantissa = hpc__mantissa(bits);
    let fraction = mantissa * a + hpc__high_product(mantissa, b);
    let quarters = (fraction + 0x20000000u) >> 30u;
    let rest = f32(i32(fraction - (quarters << 30u))) * 1.4629180792671596e-9;
    return hpc__with_sign(1.0, x) * vec2f(rest, f32(quarters));
}

// The upper half of the product of two integers.
fn hpc__high_product(a: u32, b: u32) -> u32 {
    let low = (a & 0xffffu) * (b & 0xffffu);
    let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
    let other = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
    return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (other >> 16u);
}

// The sine of an angle of at most an eighth turn and this many quarters.
fn hpc__sine_of(x: f32, quarters: i32) -> f32 {
    let z = x * x;
    let sine = ((-0.00019515296 * z + 0.008332161) * z - 0.16666655) * z * x + x;
    let cosine = ((0.000024433157 * z - 0.0013887316) * z + 0.041666646) * z * z - 0.5 * z + 1.0;
    let size = select(sine, cosine, (quarters & 1) == 1);
    return select(size, -size, (quarters & 2) == 2);
}

// The sine. WGSL only asks of its own that it be right to three digits, and nothing for large angles.
fn hpc__sin(x: f32) -> f32 {
    let angle = hpc__reduce_angle(x);
    return hpc__sine_of(angle.x, i32(angle.y));
}

// The cosine, likewise.
fn hpc__cos(x: f32) -> f32 {
    let angle = hpc__reduce_angle(x);
    return hpc__sine_of(angle.x, i32(angle.y) + 1);
}

// The tangent, likewise.
fn hpc__tan(x: f32) -> f32 {
    let angle = hpc__reduce_angle(x);
    let z = angle.x * angle.x;
    let high = (0.009385402 * z + 0.0031199223) * z + 0.024430135;
    let tangent = (((high * z + 0.05341128) * z + 0.133388) * z + 0.33333156) * z * angle.x + angle.x;
    return select(tangent, -1.0 / tangent, (i32(angle.y) & 1) == 1);
}

// The arc tangent. WGSL only asks of its own that it be right to three digits.
fn hpc__atan(x: f32) -> f32 {
    let size = abs(x);
    var start = 0.0;
    var rest = size;
    if size > 2.4142136 {
        start = 1.5707964;
        rest = -1.0 / size;
    } else if size > 0.41421357 {
        start = 0.7853982;
        rest = (size - 1.0) / (size + 1.0);
    }
    let z = rest * rest;
    let series = ((0.080537446 * z - 0.13877685) * z + 0.19977711) * z - 0.3333295;
    return hpc__with_sign(start + (series * z * rest + rest), x);
}

// The angle of the point (x, y); WGSL leaves it open on the axes and at infinity.
fn hpc__atan2(y: f32, x: f32) -> f32 {
    if hpc__is_nan(x) || hpc__is_nan(y) {
        return hpc__f32(0x7fc00000u);
    }
    let longer = max(abs(x), abs(y));
    let shorter = min(abs(x), abs(y));
    var angle = 0.0;
    if shorter == longer && longer > 0.0 {
        angle = 0.7853982;
    } else if longer > 0.0 {
        angle = hpc__atan(shorter / longer);
    }
    if abs(y) > abs(x) {
        angle = 1.5707964 - angle;
    }
    if (bitcast<u32>(x) >> 31u) == 1u {
        angle = 3.1415927 - angle;
    }
    return hpc__with_sign(angle, y);
}

// The arc sine, NaN outside [-1, 1]. WGSL only asks of its own that it be right to three digits.
fn hpc__asin(x: f32) -> f32 {
    let size = abs(x);
    if size > 1.0 {
        return hpc__f32(0x7fc00000u);
    }
    if size > 0.5 {
        return hpc__with_sign(1.5707964 - 2.0 * hpc__asin_of_small(sqrt(0.5 * (1.0 - size))), x);
    }
    return hpc__asin_of_small(x);
}

// The arc cosine, NaN outside [-1, 1].
fn hpc__acos(x: f32) -> f32 {
    if abs(x) > 1.0 {
        return hpc__f32(0x7fc00000u);
    }
    if x > 0.5 {
        return 2.0 * hpc__asin_of_small(sqrt(0.5 * (1.0 - x)));
    }
    if x < -0.5 {
        return 3.1415927 - 2.0 * hpc__asin_of_small(sqrt(0.5 * (1.0 + x)));
    }
    return 1.5707964 - hpc__asin_of_small(x);
}

// The arc sine in [-0.5, 0.5].
fn hpc__asin_of_small(x: f32) -> f32 {
    let z = x * x;
    let series = (((0.04216320 * z + 0.024181312) * z + 0.045470025) * z + 0.074953005) * z + 0.16666752;
    return series * z * x + x;
}

// e to the power of x, with the results at infinity that WGSL leaves open.
fn hpc__exp(x: f32) -> f32 {
    if hpc__is_nan(x) {
        return x;
    }
    if x > 88.73 {
        return hpc__f32(0x7f800000u);
    }
    if x < -104.0 {
        return 0.0;
    }
    return exp(x);
}

// The natural logarithm: NaN below 0, -∞ at 0.
fn hpc__log(x: f32) -> f32 {
    if x > 0.0 && bitcast<u32>(x) < 0x7f800000u {
        return log(x);
    }
    return hpc__log_of_special(x);
}

// The binary logarithm, exact on powers of two: NaN below 0, -∞ at 0.
fn hpc__log2(x: f32) -> f32 {
    let bits = bitcast<u32>(x);
    if bits < 0x800000u || bits >= 0x7f800000u {
        return hpc__log_of_special(x);
    }
    // x is a power of two times a fraction between √½ and √2, whose logarithm is near 0.
    let exponent = (i32(bits - 0x3f3504f3u) >> 23u);
    let fraction = bitcast<f32>(bits - (u32(exponent) << 23u));
    if fraction == 1.0 {
        return f32(exponent);
    }
    return f32(exponent) + log2(fraction);
}

// The decimal logarithm: NaN below 0, -∞ at 0.
fn hpc__log10(x: f32) -> f32 {
    return hpc__log2(x) * 0.30103;
}

// Any logarithm where WGSL leaves it open. Numbers too small for full precision count as 0.
fn hpc__log_of_special(x: f32) -> f32 {
    if abs(x) < 1.1754944e-38 {
        return hpc__f32(0xff800000u);
    }
    if bitcast<u32>(x) == 0x7f800000u {
        return x;
    }
    return hpc__f32(0x7fc00000u);
}

// The hyperbolic sine. Near 0 the definition cancels, and far from it e^x overflows before the result does.
fn hpc__sinh(x: f32) -> f32 {
    let size = abs(x);
    if size < 1.0 {
        let z = x * x;
        return ((0.00020372191 * z + 0.008330284) * z + 0.16666716) * z * x + x;
    }
    let root = hpc__exp(0.5 * size);
    return hpc__with_sign((0.5 * root) * root - 0.5 / root / root, x);
}

// The hyperbolic cosine. Far from 0 e^x overflows before the result does.
fn hpc__cosh(x: f32) -> f32 {
    let root = hpc__exp(0.5 * abs(x));
    return (0.5 * root) * root + 0.5 / root / root;
}

// The hyperbolic tangent. Near 0 the definition cancels, and far from it it overflows.
fn hpc__tanh(x: f32) -> f32 {
    let size = abs(x);
    if size < 0.625 {
        let z = x * x;
        let series = (((-0.005704987 * z + 0.02063909) * z - 0.05373972) * z + 0.13331442) * z - 0.33333281;
        return series * z * x + x;
    }
    if hpc__is_nan(x) {
        return x;
    }
    return hpc__with_sign(1.0 - 2.0 / (exp(2.0 * min(size, 9.5)) + 1.0), x);
}

// The inverse hyperbolic sine. Near 0 the definition cancels, and far from it the square overflows.
fn hpc__asinh(x: f32) -> f32 {
    let size = abs(x);
    if size < 0.5 {
        let z = x * x;
        return (((0.020122003 * z - 0.04269993) * z + 0.074847586) * z - 0.16666286) * z * x + x;
    }
    if size > 1500.0 {
        return hpc__with_sign(hpc__log(size) + 0.6931472, x);
    }
    if hpc__is_nan(x) {
        return x;
    }
    return hpc__with_sign(log(size + sqrt(size * size + 1.0)), x);
}

// The inverse hyperbolic cosine, NaN below 1. Near 1 the definition cancels, and far from it the square overflows.
fn hpc__acosh(x: f32) -> f32 {
    let above = x - 1.0;
    if x < 1.0 || hpc__is_nan(x) {
        return hpc__f32(0x7fc00000u);
    }
    if x > 1500.0 {
        return hpc__log(x) + 0.6931472;
    }
    if above < 0.5 {
        let series =
            (((0.0017596881 * above - 0.007528727) * above + 0.02645491) * above - 0.117847417) * above + 1.4142135;
        return series * sqrt(above);
    }
    return log(x + sqrt(above * (x + 1.0)));
}

// The inverse hyperbolic tangent, NaN outside [-1, 1]. Near 0 the definition cancels.
fn hpc__atanh(x: f32) -> f32 {
    let size = abs(x);
    if size < 0.5 {
        let z = x * x;
        let series = (((0.18174008 * z + 0.0824237) * z + 0.14669143) * z + 0.19978216) * z + 0.33333731;
        return series * z * x + x;
    }
    if size > 1.0 || hpc__is_nan(x) {
        return hpc__f32(0x7fc00000u);
    }
    return hpc__with_sign(0.5 * hpc__log((1.0 + size) / (1.0 - size)), x);
}

// x to the power of y with JavaScript's special cases; WGSL's own is only defined for positive x.
fn hpc__pow(x: f32, y: f32) -> f32 {
    if y == 0.0 {
        return 1.0;
    }
    let size = abs(x);
    let infinite = abs(y) == hpc__f32(0x7f800000u);
    if hpc__is_nan(x) || hpc__is_nan(y) || (infinite && size == 1.0) {
        return hpc__f32(0x7fc00000u);
    }
    let whole = trunc(y) == y;
    let odd = whole && abs(y) < 16777216.0 && (i32(y) & 1) == 1;
    let sign = select(1.0, x, odd);
    if infinite || size == 0.0 || size == hpc__f32(0x7f800000u) {
        let large = (size > 1.0) == (y > 0.0);
        return hpc__with_sign(hpc__f32(select(0u, 0x7f800000u, large)), sign);
    }
    if x < 0.0 && !whole {
        return hpc__f32(0x7fc00000u);
    }
    return hpc__with_sign(hpc__pow_of_positive(size, y), sign);
}

// A positive finite x to the power of a finite y: the integer part of y by squaring, which is exact where the result is, and
// only what is left by logarithms.
fn hpc__pow_of_positive(x: f32, y: f32) -> f32 {
    let rest = y - trunc(y);
    let count = min(abs(trunc(y)), 2147483520.0);
    var whole = hpc__pow_of_integer(x, count);
    if y < 0.0 && whole > 1e-30 {
        whole = 1.0 / whole;
    } else if y < 0.0 {
        // The power is too small to be inverted without loss.
        whole = hpc__pow_of_integer(1.0 / x, count);
    }
    if rest == 0.0 {
        return whole;
    }
    if abs(rest) == 0.5 {
        return select(whole / sqrt(x), whole * sqrt(x), rest > 0.0);
    }
    return whole * exp2(rest * hpc__log2(x));
}

// x to the power of an integer that is not negative.
fn hpc__pow_of_integer(x: f32, y: f32) -> f32 {
    var digits = u32(y);
    var square = x;
    var power = select(1.0, x, (digits & 1u) == 1u);
    digits >>= 1u;
    while digits > 0u {
        square *= square;
        if (digits & 1u) == 1u {
            power *= square;
        }
        digits >>= 1u;
    }
    return power;
}

// x to the power of 0.5, which differs from the square root at -0 and -∞.
fn hpc__pow_of_half(x: f32) -> f32 {
    if bitcast<u32>(x) == 0xff800000u {
        return hpc__f32(0x7f800000u);
    }
    return select(hpc__sqrt(x), 0.0, x == 0.0);
}

// The product of two complex numbers.
fn hpc__complex_times(a: vec2f, b: vec2f) -> vec2f {
    return vec2f(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}

// The quotient of two complex numbers.
fn hpc__complex_divide(a: vec2f, b: vec2f) -> vec2f {
    return vec2f(a.x * b.x + a.y * b.y, a.y * b.x - a.x * b.y) / (b.x * b.x + b.y * b.y);
}

// The conjugate of a complex number.
fn hpc__complex_conjugate(a: vec2f) -> vec2f {
    return vec2f(a.x, -a.y);
}

// The vector divided by its length: NaN for the zero vector, which WGSL leaves open.
fn hpc__normalized2(v: vec2f) -> vec2f {
    let size = length(v);
    if size == 0.0 {
        return vec2f(hpc__f32(0x7fc00000u));
    }
    return v / size;
}

// The vector divided by its length: NaN for the zero vector, which WGSL leaves open.
fn hpc__normalized3(v: vec3f) -> vec3f {
    let size = length(v);
    if size == 0.0 {
        return vec3f(hpc__f32(0x7fc00000u));
    }
    return v / size;
}

// The vector divided by its length: NaN for the zero vector, which WGSL leaves open.
fn hpc__normalized4(v: vec4f) -> vec4f {
    let size = length(v);
    if size == 0.0 {
        return vec4f(hpc__f32(0x7fc00000u));
    }
    return v / size;
}

// A colour channel as a byte: rounded down and clamped; NaN is 0.
fn hpc__channel(value: f32) -> u32 {
    if value >= 1.0 {
        return u32(min(value, 255.0));
    }
    return 0u;
}

// The next random number of this thread, in [0, 1): the hash PCG4D (Jarzynski and Olano 2020) of the thread, the number of
// calls before, and the key of the run.
fn hpc__random() -> f32 {
    let extents = vec3u(hpc__params.hpc__extents);
    let id = vec3u(hpc__thread_id);
    let thread = id.x + extents.x * (id.y + extents.y * id.z);
    var v = vec4u(thread, hpc__random_calls, hpc__params.hpc__key_0, hpc__params.hpc__key_1);
    hpc__random_calls += 1u;
    v = hpc__stir(v * 1664525u + 1013904223u);
    v = hpc__stir(v ^ (v >> vec4u(16u)));
    return f32(v.x >> 8u) / 16777216.0;
}

// Lets each word change the next.
fn hpc__stir(words: vec4u) -> vec4u {
    var v = words;
    v.x += v.y * v.w;
    v.y += v.z * v.x;
    v.z += v.x * v.y;
    v.w += v.y * v.z;
    return v;
}

// The bits of the nearest float, of two the even one, with so many binary digits behind the point and this bias. The mantissa's
// leading one is worth 2^exponent, and its last bit is 1 if any digits were lost.
fn hpc__nearest_bits(mantissa: u32, exponent: i32, digits: u32, bias: i32) -> u32 {
    let place = clamp(exponent + bias, 1, 2 * bias + 1);
    let lack = u32(clamp(1 - exponent - bias, 0, 31));
    let aligned = (mantissa >> lack) | u32((mantissa & ((1u << lack) - 1u)) != 0u);
    let dropped = 31u - digits;
    let kept = aligned >> dropped;
    let rest = aligned & ((1u << dropped) - 1u);
    // The leading one counts the exponent up, and so does a carry. All from the largest exponent is infinite.
    let bits = kept + u32(rest + (kept & 1u) > 1u << (dropped - 1u)) + (u32(place - 1) << digits);
    return min(bits, u32(2 * bias + 1) << digits);
}

// The bits of the nearest half; WGSL's own packing may round either way.
fn hpc__f16_bits(x: f32) -> u32 {
    let bits = bitcast<u32>(x);
    if hpc__is_nan(x) {
        return 0x7e00u;
    }
    let exponent = i32((bits >> 23u) & 255u) - 127;
    return ((bits >> 16u) & 0x8000u) | hpc__nearest_bits(0x80000000u | (bits << 8u), exponent, 10u, 15);
}

// The value of a half.
fn hpc__f32_of_f16(bits: u32) -> f32 {
    let sign = (bits & 0x8000u) << 16u;
    let size = bits & 0x7fffu;
    if size < 0x400u {
        // Zero, or a subnormal half, which is a normal single.
        return hpc__with_sign(f32(size) * 5.9604645e-8, bitcast<f32>(sign));
    }
    return bitcast<f32>(sign | ((size << 13u) + select(0x38000000u, 0x70000000u, size >= 0x7c00u)));
}

// Uint8ClampedArray's conversion: 0 to 255, halves to the even one, NaN to 0.
fn hpc__clamped(x: f32) -> u32 {
    return select(u32(round(clamp(x, 0.0, 255.0))), 0u, hpc__is_nan(x));
}
