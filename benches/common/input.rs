//! The data that all contestants start from, by one formula that each language computes exactly.

/// Number `index` of [`numbers`].
pub fn number(index: u64, offset: u64) -> f32 {
    (((7919 * index + offset) % 1009) as f64 / 1009.0) as f32
}

/// `count` numbers in [0, 1) that look random: `(7919 i + offset) mod 1009 / 1009`, rounded to `f32` once.
///
/// The programs in other languages have the same function.
pub fn numbers(count: u32, offset: u64) -> Vec<f32> {
    (0..u64::from(count)).map(|index| number(index, offset)).collect()
}
