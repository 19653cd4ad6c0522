//! The Julia set of W3, whose pixels tell how many iterations a point took.

/// The point of pixel (`x`, `y`).
#[inline]
pub fn point([width, height]: [usize; 2], x: usize, y: usize) -> [f32; 2] {
    let scale = 3.0 / height as f32;
    [(x as f32 - width as f32 / 2.0) * scale, (y as f32 - height as f32 / 2.0) * scale]
}

/// How many iterations a point takes until it is farther than 2 from the origin; at most 1000.
#[inline]
pub fn iterations([mut re, mut im]: [f32; 2]) -> u32 {
    let mut n = 0;
    while n < 1000 {
        (re, im) = (re * re - im * im - 0.8, 2.0 * re * im + 0.156);
        if (re * re + im * im).sqrt() > 2.0 {
            break;
        }
        n += 1;
    }
    n
}

/// The color after so many iterations: red, green, blue and alpha.
#[inline]
pub fn color(n: u32) -> [u8; 4] {
    // Fractions of a color are dropped: 255 - n / 4 rounds down, so n / 4 up.
    [(n % 256) as u8, (n / 4) as u8, ((1020 - n) / 4) as u8, 255]
}
