//! W2: heat that spreads over a plate, there and back between two buffers.

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

/// Even, so that the result ends up in `heat`.
const STEPS: u32 = 100;

/// The size of the tutorial, which fits a cache.
pub(super) fn tutorial(scale: Scale) -> Workload {
    workload(scale.pick([900, 500], [90, 50]), 0.4)
}

/// A size that does not.
pub(super) fn large(scale: Scale) -> Workload {
    workload(scale.pick([4096, 4096], [128, 128]), 0.55)
}

/// `of_rayon` is the target where there is no Numba.
fn workload([rows, columns]: [u32; 2], of_rayon: f64) -> Workload {
    let size = [rows, columns];
    let heat = numbers(rows * columns, 0);
    let start = State { columns: columns as usize, heat: heat.clone(), next: vec![0.0; heat.len()] };
    Workload {
        terms: Terms {
            title: format!("W2 heat {rows}×{columns} ×{STEPS}"),
            peer_words: format!("heat {rows} {columns} {STEPS}"),
            accuracy: Accuracy { tolerance: 1e-5, share: 0.0 },
            targets: vec![Target::Ratio(1.0, Who::NumbaFast), Target::Ratio(of_rayon, Who::Rayon)],
        },
        program: Program {
            builder: GpuInterface::builder().zeros::<f32>("heat", size).zeros::<f32>("next", size),
            kernels: kernels::heat_there_and_back(),
            extents: [rows, columns, 1],
            runs: STEPS,
            inputs: vec![("heat", heat.into())],
            output: Output::Numbers("heat"),
        },
        loops: Loops::pair(start, STEPS, [one_thread, rayon], |state| state.heat.clone()),
    }
}

#[derive(Clone)]
struct State {
    columns: usize,
    heat: Vec<f32>,
    next: Vec<f32>,
}

fn one_thread(State { columns, heat, next }: &mut State) {
    next.chunks_mut(*columns).enumerate().for_each(|(x, row)| spread(heat, *columns, x, row));
    std::mem::swap(heat, next);
}

fn rayon(State { columns, heat, next }: &mut State) {
    next.par_chunks_mut(*columns).enumerate().for_each(|(x, row)| spread(heat, *columns, x, row));
    std::mem::swap(heat, next);
}

/// One row of the next state.
fn spread(heat: &[f32], columns: usize, x: usize, row: &mut [f32]) {
    let rows = heat.len() / columns;
    for (y, next) in row.iter_mut().enumerate() {
        let h = heat[x * columns + y];
        let mut total = 0.0;
        if x > 0 {
            total += heat[(x - 1) * columns + y] - h;
        }
        if x < rows - 1 {
            total += heat[(x + 1) * columns + y] - h;
        }
        if y > 0 {
            total += heat[x * columns + y - 1] - h;
        }
        if y < columns - 1 {
            total += heat[x * columns + y + 1] - h;
        }
        *next = h + 0.25 * total;
    }
}
