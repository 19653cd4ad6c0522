//! W8: a sparse matrix, its rows one after the other, times a vector.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::{ENTRIES, column, numbers, row_starts};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::contest::Who;
use crate::peers::Loops;

pub(super) fn workload(scale: Scale) -> Workload {
    let count: u32 = scale.pick(1 << 20, 1 << 10);
    let entries = ENTRIES * count;
    let columns: Vec<u32> = (0..entries).map(|entry| column(entry, count)).collect();
    let start = State {
        rows: row_starts(count),
        columns,
        values: numbers(entries, 0),
        x: numbers(count, 1),
        y: vec![0.0; count as usize],
    };
    let builder = GpuInterface::builder()
        .zeros::<i32>("rows", count + 1)
        .zeros::<i32>("columns", entries)
        .zeros::<f32>("values", entries)
        .zeros::<f32>("x", count)
        .zeros::<f32>("y", count);
    Workload {
        terms: Terms {
            title: format!("W8 SpMV {count}, {ENTRIES} a row"),
            peer_words: format!("sparse {count} {ENTRIES} 1"),
            // Sums in any order.
            accuracy: Accuracy { tolerance: 1e-5, share: 0.0 },
            targets: vec![Target::Ratio(1.0, Who::NumbaFast)],
        },
        program: Program {
            builder,
            kernels: vec![kernels::SPARSE.to_owned()],
            extents: [count, 1, 1],
            runs: 1,
            inputs: vec![
                ("rows", start.rows.clone().into()),
                ("columns", start.columns.clone().into()),
                ("values", start.values.clone().into()),
                ("x", start.x.clone().into()),
            ],
            output: Output::Numbers("y"),
        },
        loops: Loops::pair(start, 1, [one_thread, rayon], |state| state.y.clone()),
    }
}

#[derive(Clone)]
struct State {
    rows: Vec<u32>,
    columns: Vec<u32>,
    values: Vec<f32>,
    x: Vec<f32>,
    y: Vec<f32>,
}

fn one_thread(State { rows, columns, values, x, y }: &mut State) {
    y.iter_mut().enumerate().for_each(|(row, y)| *y = dot(rows, columns, values, x, row));
}

fn rayon(State { rows, columns, values, x, y }: &mut State) {
    y.par_iter_mut().enumerate().for_each(|(row, y)| *y = dot(rows, columns, values, x, row));
}

fn dot(rows: &[u32], columns: &[u32], values: &[f32], x: &[f32], row: usize) -> f32 {
    let mut sum = 0.0;
    for j in rows[row] as usize..rows[row + 1] as usize {
        sum += values[j] * x[columns[j] as usize];
    }
    sum
}
