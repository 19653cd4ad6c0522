//! W1: `y += a * x`, bound by memory.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::numbers;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::contest::Who;
use crate::peers::Loops;

const KERNEL: &str = "inputs => {
    const i = inputs.threadId.x;
    inputs.buffers.y[i] += inputs.uniforms.a * inputs.buffers.x[i];
}";
const A: f32 = 0.5;
const STEPS: u32 = 20;

pub(super) fn workload(scale: Scale) -> Workload {
    let count = scale.pick(1 << 24, 1 << 14);
    let (x, y) = (numbers(count, 0), numbers(count, 1));
    let builder = GpuInterface::builder().zeros::<f32>("x", count).zeros::<f32>("y", count).uniform("a", A);
    Workload {
        terms: Terms {
            title: format!("W1 saxpy {count} ×{STEPS}"),
            peer_words: format!("saxpy {count} {STEPS}"),
            accuracy: Accuracy { tolerance: 1e-5, share: 0.0 },
            targets: vec![Target::Ratio(1.1, Who::Rayon)],
        },
        program: Program {
            builder,
            kernels: vec![KERNEL.to_owned()],
            extents: [count, 1, 1],
            runs: STEPS,
            inputs: vec![("x", x.clone().into()), ("y", y.clone().into())],
            output: Output::Numbers("y"),
        },
        loops: Loops::pair(State { x, y }, STEPS, [one_thread, rayon], |state| state.y.clone()),
    }
}

#[derive(Clone)]
struct State {
    x: Vec<f32>,
    y: Vec<f32>,
}

fn one_thread(state: &mut State) {
    state.y.iter_mut().zip(&state.x).for_each(|(y, x)| *y += A * x);
}

fn rayon(state: &mut State) {
    state.y.par_iter_mut().zip(&state.x).for_each(|(y, x)| *y += A * x);
}
