//! W5: a product of square matrices, a dot product a thread, as one writes it first.

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

pub(super) fn workload(scale: Scale) -> Workload {
    let side = side(scale);
    let size = [side, side];
    let (a, b) = (numbers(side * side, 0), numbers(side * side, 1));
    let start = State { side: side as usize, c: vec![0.0; a.len()], a: a.clone(), b: b.clone() };
    let builder = GpuInterface::builder();
    Workload {
        terms: Terms {
            title: format!("W5 matmul {side}"),
            peer_words: format!("product {side} 1"),
            // Sums of a thousand terms, in any order.
            accuracy: Accuracy { tolerance: 1e-4, share: 0.0 },
            targets: vec![Target::Ratio(0.06, Who::Rayon)],
        },
        program: Program {
            builder: builder.zeros::<f32>("a", size).zeros::<f32>("b", size).zeros::<f32>("c", size),
            kernels: vec![kernels::PRODUCT.to_owned()],
            extents: [side, side, 1],
            runs: 1,
            inputs: vec![("a", a.into()), ("b", b.into())],
            output: Output::Numbers("c"),
        },
        loops: Loops::pair(start, 1, [one_thread, rayon], |state| state.c.clone()),
    }
}

/// How many rows and columns.
pub(super) fn side(scale: Scale) -> u32 {
    scale.pick(1024, 64)
}

#[derive(Clone)]
struct State {
    side: usize,
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
}

fn one_thread(State { side, a, b, c }: &mut State) {
    c.chunks_mut(*side).enumerate().for_each(|(row, sums)| multiply(a, b, row, sums));
}

fn rayon(State { side, a, b, c }: &mut State) {
    c.par_chunks_mut(*side).enumerate().for_each(|(row, sums)| multiply(a, b, row, sums));
}

/// One row of the product.
fn multiply(a: &[f32], b: &[f32], row: usize, sums: &mut [f32]) {
    let side = sums.len();
    for (column, c) in sums.iter_mut().enumerate() {
        let mut sum = 0.0;
        for k in 0..side {
            sum += a[row * side + k] * b[k * side + column];
        }
        *c = sum;
    }
}
