//! How much of a kernel is submitted at once where submissions must be short: found out by doubling and halving, once for all its runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::queue::{Compiled, Step};

/// How many workgroups of a kernel take about as long as a slice.
#[derive(Debug)]
pub struct Pace(AtomicU64);

impl Default for Pace {
    fn default() -> Self {
        Self(AtomicU64::new(Self::FIRST))
    }
}

impl Pace {
    /// What is submitted first: it fills few devices, and may take long all the same.
    const FIRST: u64 = 64;
    const MOST: u64 = 1 << 40;

    /// So many workgroups.
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Learns that so many workgroups took so long, together with what else was submitted.
    fn learn(&self, groups: u64, took: Duration, slice: Duration) {
        let pace = self.get();
        let next = match () {
            // What was submitted may have been a part of what a slice has.
            () if took > slice => (pace / 2).min(groups).max(1),
            () if took * 2 < slice && groups * 2 > pace => (pace * 2).min(Self::MOST),
            () => return,
        };
        self.0.store(next, Ordering::Relaxed);
    }
}

/// What is submitted of each kernel, for whoever finds out how long it takes.
#[derive(Debug, Default)]
pub(crate) struct Paced(Vec<(Arc<Compiled>, u64)>);

impl Paced {
    /// That of a submission.
    pub(crate) fn of(steps: &[Step]) -> Self {
        let mut paced: Vec<(Arc<Compiled>, u64)> = Vec::new();
        let passes = steps.iter().filter_map(|step| match step {
            Step::Pass(launches) => Some(launches),
            _ => None,
        });
        for launch in passes.flatten() {
            let groups = launch.group_count();
            match paced.iter_mut().find(|(kernel, _)| Arc::ptr_eq(kernel, &launch.kernel)) {
                Some((_, count)) => *count += groups,
                None => paced.push((launch.kernel.clone(), groups)),
            }
        }
        Self(paced)
    }

    /// Learns that all of it took so long.
    pub(crate) fn learn(self, took: Duration, slice: Duration) {
        self.0.into_iter().for_each(|(kernel, groups)| kernel.pace.learn(groups, took, slice));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_found_by_doubling_and_halving() {
        let (pace, slice) = (Pace::default(), Duration::from_millis(10));
        for _ in 0..4 {
            pace.learn(pace.get(), Duration::from_millis(1), slice);
        }
        assert_eq!(pace.get(), 16 * Pace::FIRST);
        // A small part says nothing about a slice, unless it takes long.
        pace.learn(5, Duration::from_millis(1), slice);
        pace.learn(pace.get(), Duration::from_millis(7), slice);
        assert_eq!(pace.get(), 16 * Pace::FIRST);
        pace.learn(pace.get(), Duration::from_millis(11), slice);
        assert_eq!(pace.get(), 8 * Pace::FIRST);
        pace.learn(5, Duration::from_secs(1), slice);
        assert_eq!(pace.get(), 5);
        (0..9).for_each(|_| pace.learn(1, Duration::from_secs(1), slice));
        assert_eq!(pace.get(), 1);
    }
}
