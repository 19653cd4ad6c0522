//! What a workload must compute, element by element, on the CPU.

use benches::Outcome;
use benches::compare::{Accuracy, compare};
use rayon::prelude::*;

/// So many elements are compared where all are too many.
pub(crate) const PICKED: u32 = 1024;

/// What is in the output after one pass over the workload, from fresh input.
pub(crate) struct Reference {
    /// The length of the output.
    pub(crate) count: u32,
    /// Its elements; not a number where any will do.
    pub(crate) element: Box<dyn Fn(u32) -> f32 + Sync>,
    /// Whether an element takes so long that only some are compared.
    pub(crate) is_slow: bool,
    pub(crate) accuracy: Accuracy,
}

impl Reference {
    /// Compares a whole output, or the elements that are picked of it.
    ///
    /// # Errors
    ///
    /// They differ by more than is allowed.
    pub(crate) fn check(&self, output: &[f32]) -> Outcome {
        if output.len() != self.count as usize {
            return Err(format!("it has {} numbers, not {}", output.len(), self.count));
        }
        if self.is_slow {
            let picked: Vec<f32> = picked(self.count).map(|index| output[index as usize]).collect();
            return self.check_picked(&picked);
        }
        self.compare(output, (0..self.count).into_par_iter())
    }

    /// Compares elements that were picked elsewhere.
    ///
    /// # Errors
    ///
    /// They differ by more than is allowed.
    pub(crate) fn check_picked(&self, elements: &[f32]) -> Outcome {
        if elements.len() != PICKED as usize {
            return Err(format!("it shows {} elements, not {PICKED}", elements.len()));
        }
        self.compare(elements, picked(self.count).collect::<Vec<u32>>().into_par_iter())
    }

    /// Compares `elements` with those that have these indices.
    fn compare(&self, elements: &[f32], indices: impl IndexedParallelIterator<Item = u32>) -> Outcome {
        let both = elements.par_iter().zip(indices).map(|(&element, index)| (element, (self.element)(index)));
        let (elements, expected): (Vec<f32>, Vec<f32>) =
            both.filter(|(_, expected)| !expected.is_nan()).unzip();
        compare(&elements, &expected, self.accuracy).map(|_| ())
    }
}

/// Indices all over an output, the same in all languages.
fn picked(count: u32) -> impl Iterator<Item = u32> {
    (0..PICKED).map(move |k| k.wrapping_mul(2_654_435_761) % count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(is_slow: bool) -> Reference {
        let accuracy = Accuracy { tolerance: 0.0, share: 0.0 };
        Reference { count: 3000, element: Box::new(|index| index as f32), is_slow, accuracy }
    }

    #[test]
    fn a_wrong_element_is_found() {
        let mut output: Vec<f32> = (0..3000_u16).map(f32::from).collect();
        assert_eq!(reference(false).check(&output), Ok(()));
        assert_eq!(reference(true).check(&output), Ok(()));
        assert!(reference(true).check(&output[1..]).is_err());
        let index = picked(3000).nth(10).unwrap();
        output[index as usize] += 1.0;
        assert!(reference(false).check(&output).is_err());
        assert!(reference(true).check(&output).is_err());
    }
}
