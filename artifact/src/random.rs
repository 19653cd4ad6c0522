//! `Math.random()`: the generator that every backend implements, so that a seeded run gives the same numbers on each.
//!
//! It is counter-based: a number is a hash of who asks (the thread), how often it has asked before, and the key of the
//! run. So threads share nothing, need no memory, and any number can be computed alone. The hash is PCG4D of Mark
//! Jarzynski and Marc Olano, "Hash Functions for GPU Rendering", Journal of Computer Graphics Techniques 9(3), 2020.

/// The `counter`-th random number of a thread, in [0, 1): a multiple of 2^-24, hence exact in an `f32`.
///
/// `linear_id` is `x + X * (y + Y * z)` modulo 2^32, where X and Y are the first two extents of the run.
pub fn random(linear_id: u32, counter: u32, key: [u32; 2]) -> f32 {
    let hash = pcg4d([linear_id, counter, key[0], key[1]]);
    // The top 24 bits, because an f32 has no more.
    (hash[0] >> 8) as f32 / 16_777_216.0
}

/// Hashes four words to four words.
fn pcg4d(words: [u32; 4]) -> [u32; 4] {
    let mut v = words.map(|word| word.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    stir(&mut v);
    v = v.map(|word| word ^ (word >> 16));
    stir(&mut v);
    v
}

fn stir(v: &mut [u32; 4]) {
    v[0] = v[0].wrapping_add(v[1].wrapping_mul(v[3]));
    v[1] = v[1].wrapping_add(v[2].wrapping_mul(v[0]));
    v[2] = v[2].wrapping_add(v[0].wrapping_mul(v[1]));
    v[3] = v[3].wrapping_add(v[1].wrapping_mul(v[2]));
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREADS: u32 = 65_536;
    const KEYS: [[u32; 2]; 4] = [[0, 0], [1, 0], [0, 1], [0x9e37_79b9, 0x7f4a_7c15]];

    /// The numbers of every thread, four calls each.
    fn sample(key: [u32; 2]) -> Vec<f64> {
        (0..THREADS).flat_map(|id| (0..4).map(move |counter| f64::from(random(id, counter, key)))).collect()
    }

    fn correlation(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
        let count = pairs.clone().count() as f64;
        let covariance: f64 = pairs.map(|(a, b)| (a - 0.5) * (b - 0.5)).sum::<f64>() / count;
        covariance * 12.0
    }

    #[test]
    fn numbers_are_uniform() {
        for key in KEYS {
            let numbers = sample(key);
            let count = numbers.len() as f64;
            assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
            let mean = numbers.iter().sum::<f64>() / count;
            let variance = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / count;
            assert!((mean - 0.5).abs() < 0.01, "mean {mean}");
            assert!((variance - 1.0 / 12.0).abs() < 0.005, "variance {variance}");
        }
    }

    #[test]
    fn neighbours_are_independent() {
        for key in KEYS {
            let numbers = sample(key);
            let calls = numbers.iter().copied().zip(numbers.iter().copied().skip(1));
            assert!(correlation(calls).abs() < 0.02);
            let threads = numbers.iter().copied().zip(numbers.iter().copied().skip(4));
            assert!(correlation(threads).abs() < 0.02);
        }
    }

    #[test]
    fn first_numbers_collide_no_more_than_by_chance() {
        for key in KEYS {
            let mut first: Vec<u32> = (0..THREADS).map(|id| random(id, 0, key).to_bits()).collect();
            first.sort_unstable();
            first.dedup();
            // The birthday paradox expects about 128 collisions among 2^16 draws of 2^24 values.
            assert!(THREADS as usize - first.len() < 256, "{} collisions", THREADS as usize - first.len());
        }
    }

    #[test]
    fn runs_differ() {
        for (a, b) in [(KEYS[0], KEYS[1]), (KEYS[0], KEYS[2]), (KEYS[1], KEYS[3])] {
            let same = (0..THREADS).filter(|&id| random(id, 0, a) == random(id, 0, b)).count();
            assert!(same < THREADS as usize / 100);
        }
    }

    #[test]
    fn values_are_pinned() {
        let numbers: Vec<f32> = (0..3).map(|counter| random(7, counter, [1, 2])).collect();
        assert_eq!(numbers.iter().map(|number| (number * 16_777_216.0) as u32).collect::<Vec<_>>(), PINNED);
    }

    /// Any backend that gives other numbers than these is wrong.
    const PINNED: [u32; 3] = [14_733_006, 10_148_627, 14_362_929];
}
