//! W1: every element times two, bound by memory.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::numbers;
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::contest::Who;
use crate::peers::Loops;

const STEPS: u32 = 20;

pub(super) fn workload(scale: Scale) -> Workload {
    let count = scale.pick(1 << 24, 1 << 14);
    let data = numbers(count, 0);
    Workload {
        terms: Terms {
            title: format!("W1 double {count} ×{STEPS}"),
            peer_words: format!("double {count} {STEPS}"),
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
            targets: vec![Target::Ratio(1.1, Who::Rayon)],
        },
        program: Program {
            builder: GpuInterface::builder().zeros::<f32>("data", count),
            kernels: vec![kernels::DOUBLE.to_owned()],
            extents: [count, 1, 1],
            runs: STEPS,
            inputs: vec![("data", data.clone().into())],
            output: Output::Numbers("data"),
        },
        loops: Loops::pair(State { data }, STEPS, [one_thread, rayon], |state| state.data.clone()),
    }
}

#[derive(Clone)]
struct State {
    data: Vec<f32>,
}

fn one_thread(State { data }: &mut State) {
    data.iter_mut().for_each(|number| *number *= 2.0);
}

fn rayon(State { data }: &mut State) {
    data.par_iter_mut().for_each(|number| *number *= 2.0);
}
