//! Whether two contestants computed the same.

use crate::Outcome;

/// How near a result must be to the reference.
///
/// Peers fuse, reorder or compute in double precision, so their last digits differ.
#[derive(Clone, Copy, Debug)]
pub struct Accuracy {
    /// The difference an element may have, as a part of the largest magnitude in the reference.
    pub tolerance: f32,
    /// The share of elements, 0 to 1, that may differ by more. It is 0 but for chaotic systems, where rounding
    /// decides about the fate of a few.
    pub share: f64,
}

/// How far a result is from the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The largest difference of an element, in its own unit; infinite where one is not a number.
    pub largest: f32,
    /// The share of elements, 0 to 1, that differ by more than the tolerance.
    pub share: f64,
}

/// Compares `result` with `reference`, element by element.
///
/// # Errors
///
/// They have not the same length, or differ by more than `accuracy` allows.
pub fn compare(result: &[f32], reference: &[f32], accuracy: Accuracy) -> Outcome<Difference> {
    if result.len() != reference.len() {
        return Err(format!("it has {} numbers, not {}", result.len(), reference.len()));
    }
    let allowed = accuracy.tolerance * reference.iter().fold(0.0, |most, number| number.abs().max(most));
    let mut largest: f32 = 0.0;
    let mut beyond = 0_usize;
    for (number, expected) in result.iter().zip(reference) {
        let difference = (number - expected).abs();
        let difference = if difference.is_nan() { f32::INFINITY } else { difference };
        largest = largest.max(difference);
        beyond += usize::from(difference > allowed);
    }
    let share = beyond as f64 / reference.len() as f64;
    if share > accuracy.share {
        let percent = 100.0 * share;
        return Err(format!(
            "{beyond} numbers ({percent:.3} %) are off by more than {allowed:e}, at most by {largest:e}"
        ));
    }
    Ok(Difference { largest, share })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXACT: Accuracy = Accuracy { tolerance: 0.0, share: 0.0 };

    #[test]
    fn a_tolerance_is_relative_to_the_largest_magnitude() {
        let accuracy = Accuracy { tolerance: 0.1, share: 0.0 };
        assert_eq!(
            compare(&[0.5, -9.5], &[0.0, -10.0], accuracy),
            Ok(Difference { largest: 0.5, share: 0.0 })
        );
        assert!(compare(&[1.5, -10.0], &[0.0, -10.0], accuracy).is_err());
    }

    #[test]
    fn a_share_may_be_off() {
        let accuracy = Accuracy { tolerance: 0.0, share: 0.25 };
        let difference = compare(&[1.0, 2.0, 3.0, 9.0], &[1.0, 2.0, 3.0, 4.0], accuracy);
        assert_eq!(difference, Ok(Difference { largest: 5.0, share: 0.25 }));
        assert!(compare(&[1.0, 2.0, 8.0, 9.0], &[1.0, 2.0, 3.0, 4.0], accuracy).is_err());
    }

    #[test]
    fn what_is_no_number_or_missing_is_wrong() {
        assert!(compare(&[f32::NAN], &[1.0], EXACT).is_err());
        assert!(compare(&[1.0], &[1.0, 2.0], EXACT).is_err());
        assert!(compare(&[0.0, 0.0], &[1.0, 2.0], EXACT).is_err());
    }
}
