//! W2: heat that spreads over a plate, there and back between two buffers.

use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Scale, Target, Terms, Workload};
use crate::compare::Accuracy;
use crate::contest::Who;
use crate::input::numbers;
use crate::ours::{Output, Program};
use crate::peers::Loops;

const KERNEL: &str = include_str!("../../kernels/heat.js");
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
            kernels: vec![KERNEL.to_owned(), there_and_back(KERNEL)],
            extents: [rows, columns, 1],
            runs: STEPS,
            inputs: vec![("heat", heat)],
            output: Output::Numbers("heat"),
        },
        loops: Loops::pair(start, STEPS, [one_thread, rayon], |state| state.heat.clone()),
    }
}

/// The kernel with the two buffers exchanged.
fn there_and_back(kernel: &str) -> String {
    kernel
        .replace("buffers.heat", "buffers.other")
        .replace("buffers.next", "buffers.heat")
        .replace("buffers.other", "buffers.next")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_exchanges_the_buffers() {
        assert_eq!(there_and_back("buffers.next = buffers.heat"), "buffers.heat = buffers.next");
    }
}
