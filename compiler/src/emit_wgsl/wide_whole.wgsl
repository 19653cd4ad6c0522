// Operators of doubles that are integers or infinite, and not NaN, or literals of at least 1e-100 in size: devices that have doubles
// compute them as IEEE says, since nothing is subnormal. Results are hidden for the reasons that `wide_native.wgsl` gives. Drivers
// take x * 0 and x + 0 for 0 and x whatever the signs, so a literal 0 is only compared.

// The sum.
fn hpc__whole_add(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_opaque(a + b);
}

// The difference.
fn hpc__whole_subtract(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__whole_add(a, hpc__wide_negate(b));
}

// The product.
fn hpc__whole_multiply(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    return hpc__wide_opaque(a * b);
}

// a % b with the sign of a.
fn hpc__whole_remainder(a: hpc__wide, b: hpc__wide) -> hpc__wide {
    if (hpc__wide_exponent(a) < 1085u) & (hpc__wide_exponent(b) < 1085u) & (hpc__wide_size(b) != 0lu) {
        return hpc__wide_with_sign(f64(u64(hpc__wide_abs(a)) % u64(hpc__wide_abs(b))), a);
    }
    return hpc__wide_of_parts(hpc__parts_remainder(hpc__wide_parts(a), hpc__wide_parts(b)));
}

// a % b with the sign of a, where b is a power of two of at least 1. The quotient, the product and the difference are exact.
fn hpc__whole_remainder_of_power(a: hpc__wide, b: hpc__wide, inverse: hpc__wide) -> hpc__wide {
    return hpc__wide_with_sign(a - trunc(a * inverse) * b, a);
}

// a < b.
fn hpc__whole_less(a: hpc__wide, b: hpc__wide) -> bool {
    return a < b;
}

// a <= b.
fn hpc__whole_less_or_equal(a: hpc__wide, b: hpc__wide) -> bool {
    return a <= b;
}

// a == b.
fn hpc__whole_equal(a: hpc__wide, b: hpc__wide) -> bool {
    return a == b;
}

// a % b == 0, where b is a power of two of at least 1. Infinity is no multiple.
fn hpc__whole_is_multiple(a: hpc__wide, b: hpc__wide, inverse: hpc__wide) -> bool {
    return (trunc(a * inverse) * b == a) & (hpc__wide_exponent(a) != 2047u);
}
