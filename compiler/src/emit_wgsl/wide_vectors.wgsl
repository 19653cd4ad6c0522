// Vectors of doubles: what the library of singles has in WGSL itself. Components are added from left to right, as in JavaScript.

// The dot product.
fn hpc__wide_dot2(a: hpc__wide2, b: hpc__wide2) -> hpc__wide {
    return hpc__wide_add(hpc__wide_multiply(a.x, b.x), hpc__wide_multiply(a.y, b.y));
}

// The dot product.
fn hpc__wide_dot3(a: hpc__wide3, b: hpc__wide3) -> hpc__wide {
    return hpc__wide_add(hpc__wide_add(hpc__wide_multiply(a.x, b.x), hpc__wide_multiply(a.y, b.y)), hpc__wide_multiply(a.z, b.z));
}

// The dot product.
fn hpc__wide_dot4(a: hpc__wide4, b: hpc__wide4) -> hpc__wide {
    return hpc__wide_add(hpc__wide_add(hpc__wide_add(hpc__wide_multiply(a.x, b.x), hpc__wide_multiply(a.y, b.y)), hpc__wide_multiply(a.z, b.z)), hpc__wide_multiply(a.w, b.w));
}

// The Euclidean length.
fn hpc__wide_length2(v: hpc__wide2) -> hpc__wide {
    return hpc__wide_sqrt(hpc__wide_dot2(v, v));
}

// The Euclidean length.
fn hpc__wide_length3(v: hpc__wide3) -> hpc__wide {
    return hpc__wide_sqrt(hpc__wide_dot3(v, v));
}

// The Euclidean length.
fn hpc__wide_length4(v: hpc__wide4) -> hpc__wide {
    return hpc__wide_sqrt(hpc__wide_dot4(v, v));
}

// The Euclidean distance.
fn hpc__wide_distance2(a: hpc__wide2, b: hpc__wide2) -> hpc__wide {
    return hpc__wide_length2(hpc__wide2(hpc__wide_subtract(a.x, b.x), hpc__wide_subtract(a.y, b.y)));
}

// The Euclidean distance.
fn hpc__wide_distance3(a: hpc__wide3, b: hpc__wide3) -> hpc__wide {
    return hpc__wide_length3(hpc__wide3(hpc__wide_subtract(a.x, b.x), hpc__wide_subtract(a.y, b.y), hpc__wide_subtract(a.z, b.z)));
}

// The Euclidean distance.
fn hpc__wide_distance4(a: hpc__wide4, b: hpc__wide4) -> hpc__wide {
    return hpc__wide_length4(hpc__wide4(hpc__wide_subtract(a.x, b.x), hpc__wide_subtract(a.y, b.y), hpc__wide_subtract(a.z, b.z), hpc__wide_subtract(a.w, b.w)));
}

// The vector divided by its length.
fn hpc__wide_normalized2(v: hpc__wide2) -> hpc__wide2 {
    let length = hpc__wide_length2(v);
    return hpc__wide2(hpc__wide_divide(v.x, length), hpc__wide_divide(v.y, length));
}

// The vector divided by its length.
fn hpc__wide_normalized3(v: hpc__wide3) -> hpc__wide3 {
    let length = hpc__wide_length3(v);
    return hpc__wide3(hpc__wide_divide(v.x, length), hpc__wide_divide(v.y, length), hpc__wide_divide(v.z, length));
}

// The vector divided by its length.
fn hpc__wide_normalized4(v: hpc__wide4) -> hpc__wide4 {
    let length = hpc__wide_length4(v);
    return hpc__wide4(hpc__wide_divide(v.x, length), hpc__wide_divide(v.y, length), hpc__wide_divide(v.z, length), hpc__wide_divide(v.w, length));
}

// The right-handed cross product.
fn hpc__wide_cross(a: hpc__wide3, b: hpc__wide3) -> hpc__wide3 {
    let x = hpc__wide_subtract(hpc__wide_multiply(a.y, b.z), hpc__wide_multiply(a.z, b.y));
    let y = hpc__wide_subtract(hpc__wide_multiply(a.z, b.x), hpc__wide_multiply(a.x, b.z));
    let z = hpc__wide_subtract(hpc__wide_multiply(a.x, b.y), hpc__wide_multiply(a.y, b.x));
    return hpc__wide3(x, y, z);
}

// The product of complex numbers.
fn hpc__wide_complex_times(a: hpc__wide2, b: hpc__wide2) -> hpc__wide2 {
    let imaginary = hpc__wide_add(hpc__wide_multiply(a.x, b.y), hpc__wide_multiply(a.y, b.x));
    return hpc__wide2(hpc__wide_subtract(hpc__wide_multiply(a.x, b.x), hpc__wide_multiply(a.y, b.y)), imaginary);
}

// The conjugate of a complex number.
fn hpc__wide_complex_conjugate(a: hpc__wide2) -> hpc__wide2 {
    return hpc__wide2(a.x, hpc__wide_negate(a.y));
}

// The quotient of complex numbers.
fn hpc__wide_complex_divide(a: hpc__wide2, b: hpc__wide2) -> hpc__wide2 {
    let product = hpc__wide_complex_times(a, hpc__wide_complex_conjugate(b));
    let square = hpc__wide_dot2(b, b);
    return hpc__wide2(hpc__wide_divide(product.x, square), hpc__wide_divide(product.y, square));
}
