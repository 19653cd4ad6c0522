//! W6: many runs of few threads, all waited for at the end: what a run costs beside its work.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::numbers;
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::peers::Loops;

const COUNT: u32 = 64;

pub(super) fn workload(scale: Scale) -> Workload {
    let runs = scale.pick(10_000, 100);
    let data = numbers(COUNT, 0);
    Workload {
        terms: Terms {
            title: format!("W6 {runs} runs of {COUNT} threads"),
            peer_words: format!("tiny {COUNT} {runs}"),
            // Others may add in double precision and round less often.
            accuracy: Accuracy { tolerance: 1e-3, share: 0.0 },
            targets: vec![Target::RunTime { microseconds: 10.0, runs }],
        },
        program: Program {
            builder: GpuInterface::builder().zeros::<f32>("data", COUNT),
            kernels: vec![kernels::INCREMENT.to_owned()],
            extents: [COUNT, 1, 1],
            runs,
            inputs: vec![("data", data.clone().into())],
            output: Output::Numbers("data"),
        },
        loops: Loops::pair(State { data }, runs, [one_thread, rayon], |state| state.data.clone()),
    }
}

#[derive(Clone)]
struct State {
    data: Vec<f32>,
}

fn one_thread(State { data }: &mut State) {
    data.iter_mut().for_each(|number| *number += 1.0);
}

fn rayon(State { data }: &mut State) {
    data.par_iter_mut().for_each(|number| *number += 1.0);
}
