//! W12: how long numbers take to 1 when even ones are halved and odd ones tripled, and how far up they get: past 2^32 for some.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::{beside, collatz};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::contest::Who;
use crate::peers::Loops;

pub(super) fn workload(scale: Scale) -> Workload {
    let count: u32 = scale.pick(1_000_000, 160_000);
    Workload {
        terms: Terms {
            title: format!("W12 Collatz {count}"),
            peer_words: format!("collatz {count} 1"),
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
            targets: vec![Target::Ratio(1.0, Who::NumbaFast)],
        },
        program: Program {
            builder: GpuInterface::builder().zeros::<u32>("steps", count).zeros::<f64>("peaks", count),
            kernels: vec![kernels::COLLATZ.to_owned()],
            extents: [count, 1, 1],
            runs: 1,
            inputs: Vec::new(),
            output: Output::WordsAndIntegers("steps", "peaks"),
        },
        loops: Loops::pair(State { found: vec![(0, 0); count as usize] }, 1, [one_thread, rayon], |state| {
            state.found.iter().flat_map(|&(steps, peak)| beside(steps, peak)).collect()
        }),
    }
}

#[derive(Clone)]
struct State {
    /// The steps of each start, and its peak.
    found: Vec<(u32, u64)>,
}

fn one_thread(State { found }: &mut State) {
    found.iter_mut().zip(1..).for_each(|(found, start)| *found = collatz(start));
}

fn rayon(State { found }: &mut State) {
    found.par_iter_mut().enumerate().for_each(|(index, found)| *found = collatz(index as u64 + 1));
}
