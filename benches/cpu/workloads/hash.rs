//! W11: a hash of 32 bits, 64 rounds of it, bound by the arithmetic of integers.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::{halves, hash, scattered};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::contest::Who;
use crate::peers::Loops;

pub(super) fn workload(scale: Scale) -> Workload {
    let count: u32 = scale.pick(1 << 22, 10_000);
    let keys: Vec<u32> = (0..count).map(scattered).collect();
    let start = State { hashes: vec![0; keys.len()], keys: keys.clone() };
    Workload {
        terms: Terms {
            title: format!("W11 hash {count}"),
            peer_words: format!("hash {count} 1"),
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
            targets: vec![Target::Ratio(1.0, Who::NumbaFast)],
        },
        program: Program {
            builder: GpuInterface::builder().zeros::<u32>("keys", count).zeros::<u32>("hashes", count),
            kernels: vec![kernels::HASH.to_owned()],
            extents: [count, 1, 1],
            runs: 1,
            inputs: vec![("keys", keys.into())],
            output: Output::Words("hashes"),
        },
        loops: Loops::pair(start, 1, [one_thread, rayon], |state| halves(&state.hashes)),
    }
}

#[derive(Clone)]
struct State {
    keys: Vec<u32>,
    hashes: Vec<u32>,
}

fn one_thread(State { keys, hashes }: &mut State) {
    hashes.iter_mut().zip(keys).for_each(|(found, key)| *found = hash(*key));
}

fn rayon(State { keys, hashes }: &mut State) {
    hashes.par_iter_mut().zip(keys).for_each(|(found, key)| *found = hash(*key));
}
