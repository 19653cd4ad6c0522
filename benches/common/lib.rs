//! What the benchmarks of the CPU backend and of the GPU backend share.

pub mod arguments;
pub mod compare;
pub mod input;
pub mod julia;
pub mod kernels;
pub mod ours;
pub mod table;

/// A value, or what to tell the user.
pub type Outcome<T = ()> = Result<T, String>;

/// The median of sorted times; not a number if there are none.
pub fn median(times: &[f64]) -> f64 {
    let (lower, upper) = (times.len().saturating_sub(1) / 2, times.len() / 2);
    times.get(lower).zip(times.get(upper)).map_or(f64::NAN, |(lower, upper)| f64::midpoint(*lower, *upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_lies_between() {
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), 3.0);
        assert!(median(&[]).is_nan());
    }
}
