//! The random key of each run.
//!
//! A kernel's `Math.random()` is a counter-based generator: its words depend on the run's key, the thread and the
//! number of the call, so there is no pool of seeds and nothing to store. The key is two words of
//! `splitmix64(seed + n * 0x9E37_79B9_7F4A_7C15)`, where `n` counts the runs of the interface from 1. Splitmix64 is a
//! bijection, so no two runs of an interface share a key. The seed is [`crate::Setup::seed`] or, without one, 64 bits
//! from the operating system, so that interfaces differ.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::Error;

/// The keys of one interface's runs, one after the other.
#[derive(Debug)]
pub(crate) struct Keys {
    seed: u64,
    runs: AtomicU64,
}

impl Keys {
    /// Keys that follow from `seed`, or that nobody can foretell.
    pub(crate) fn new(seed: Option<u64>) -> Result<Self, Error> {
        let seed = seed.map_or_else(entropy, Ok)?;
        Ok(Self { seed, runs: AtomicU64::new(0) })
    }

    /// The key of the next run.
    pub(crate) fn next(&self) -> [u32; 2] {
        self.take(1).next()
    }

    /// The keys of the next runs, so many.
    pub(crate) fn take(&self, runs: u64) -> KeyRange {
        KeyRange { seed: self.seed, run: self.runs.fetch_add(runs, Ordering::Relaxed) }
    }
}

/// The keys of runs that follow one another.
#[derive(Clone, Debug)]
pub struct KeyRange {
    seed: u64,
    /// How many runs there were before.
    run: u64,
}

impl KeyRange {
    /// The key of the next one.
    pub(crate) fn next(&mut self) -> [u32; 2] {
        self.run = self.run.wrapping_add(1);
        let word = splitmix64(self.seed.wrapping_add(self.run.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        [word as u32, (word >> 32) as u32]
    }
}

fn entropy() -> Result<u64, Error> {
    getrandom::u64().map_err(|error| Error::internal("the system gave no random seed", error.to_string()))
}

/// The output function of splitmix64 (Steele, Lea and Flood, 2014).
fn splitmix64(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_keys_of_seed_zero_are_those_of_splitmix64() {
        let keys = Keys::new(Some(0)).unwrap();
        assert_eq!(keys.next(), [0x7B1D_CDAF, 0xE220_A839]);
        assert_eq!(keys.next(), [0xA1B9_65F4, 0x6E78_9E6A]);
    }

    #[test]
    fn keys_that_are_taken_together_are_those_of_separate_runs() {
        let (one, other) = (Keys::new(Some(7)).unwrap(), Keys::new(Some(7)).unwrap());
        let separate = [one.next(), one.next(), one.next(), one.next()];
        let first = other.next();
        let mut taken = other.take(2);
        assert_eq!([first, taken.next(), taken.next(), other.next()], separate);
    }

    #[test]
    fn keys_of_two_interfaces_differ() {
        assert_ne!(Keys::new(None).unwrap().next(), Keys::new(None).unwrap().next());
    }
}
