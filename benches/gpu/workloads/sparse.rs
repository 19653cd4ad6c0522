//! W8: a sparse matrix, its rows one after the other, times a vector; bound by memory, and by how far apart the columns lie.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::{ENTRIES, column, number, numbers, row_starts};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::{Row, Size, Target, Task, Workload};
use crate::reference::Reference;
use crate::wgsl::{Shader, Shape};

pub(super) fn workload(scale: Scale) -> Workload {
    let rows: u32 = scale.pick(1 << 20, 300);
    Workload {
        id: "W8",
        size: [rows, ENTRIES],
        rows: vec![Row {
            id: "W8",
            title: format!("W8 SpMV {rows}, {ENTRIES} a row"),
            unit: "GB/s",
            target: Target::OfCuda(1.0),
        }],
        is_bound_by_memory: false,
        reference: Reference {
            count: rows,
            element: Box::new(move |row| dot(rows, row)),
            is_slow: false,
            // Sums in any order.
            accuracy: Accuracy { tolerance: 1e-5, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([rows, _]: Size) -> Program {
    let entries = ENTRIES * rows;
    let builder = GpuInterface::builder()
        .zeros::<i32>("rows", rows + 1)
        .zeros::<i32>("columns", entries)
        .zeros::<f32>("values", entries)
        .zeros::<f32>("x", rows)
        .zeros::<f32>("y", rows);
    Program {
        builder,
        kernels: vec![kernels::SPARSE.to_owned()],
        extents: [rows, 1, 1],
        runs: 1,
        inputs: vec![
            ("rows", row_starts(rows).into()),
            ("columns", columns(rows).into()),
            ("values", numbers(entries, 0).into()),
            ("x", numbers(rows, 1).into()),
        ],
        output: Output::Numbers("y"),
    }
}

fn shader([rows, _]: Size) -> Shader {
    let values = numbers(ENTRIES * rows, 0);
    let y = vec![0.0_f32; rows as usize];
    Shader {
        text: include_str!("../wgsl/sparse.wgsl"),
        constants: vec![("count", rows.into())],
        buffers: vec![
            row_starts(rows).into(),
            columns(rows).into(),
            values.into(),
            numbers(rows, 1).into(),
            y.into(),
        ],
        bindings: vec![vec![0, 1, 2, 3, 4]],
        groups: [rows.div_ceil(256), 1],
        runs: 1,
        output: 4,
        shape: Shape::Numbers,
    }
}

/// Each entry's value and column, the starts, and both vectors once.
fn figure([rows, entries]: Size, seconds: f64) -> f64 {
    4.0 * (2.0 * f64::from(entries) + 3.0) * f64::from(rows) / seconds / 1e9
}

fn columns(rows: u32) -> Vec<u32> {
    (0..ENTRIES * rows).map(|entry| column(entry, rows)).collect()
}

/// An element of the product, in double precision.
fn dot(rows: u32, row: u32) -> f32 {
    let term =
        |entry: u32| f64::from(number(entry.into(), 0)) * f64::from(number(column(entry, rows).into(), 1));
    (ENTRIES * row..ENTRIES * (row + 1)).map(term).sum::<f64>() as f32
}
