//! The data that all contestants start from, by one formula that each language computes exactly.

/// `count` numbers in [0, 1) that look random: `(7919 i + offset) mod 1009 / 1009`, rounded to `f32` once.
///
/// The programs of `benches/cpu/peers/` have the same function.
pub(crate) fn numbers(count: u32, offset: u64) -> Vec<f32> {
    (0..u64::from(count)).map(|i| (((7919 * i + offset) % 1009) as f64 / 1009.0) as f32).collect()
}
