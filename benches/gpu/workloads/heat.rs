//! W2: heat that spreads over a plate, there and back between two buffers.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::{number, numbers};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::{Row, Size, Target, Task, Workload};
use crate::reference::Reference;
use crate::wgsl::{Shader, Shape};

pub(super) fn workload(scale: Scale) -> Workload {
    let [rows, columns] = scale.pick([8192, 8192], [90, 50]);
    Workload {
        id: "W2",
        size: [rows, columns],
        rows: vec![Row {
            id: "W2",
            title: format!("W2 heat {rows}×{columns}"),
            unit: "GB/s",
            target: Target::OfBestPeer(1.0),
        }],
        is_bound_by_memory: true,
        reference: Reference {
            count: rows * columns,
            element: Box::new(move |index| there_and_back([rows, columns], index / columns, index % columns)),
            is_slow: false,
            accuracy: Accuracy { tolerance: 1e-5, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program(size: Size) -> Program {
    let [rows, columns] = size;
    Program {
        builder: GpuInterface::builder().zeros::<f32>("heat", size).zeros::<f32>("next", size),
        kernels: kernels::heat_there_and_back(),
        extents: [rows, columns, 1],
        runs: 2,
        inputs: vec![("heat", numbers(rows * columns, 0).into())],
        output: Output::Numbers("heat"),
    }
}

fn shader([rows, columns]: Size) -> Shader {
    let heat = numbers(rows * columns, 0);
    let next = vec![0.0_f32; heat.len()];
    Shader {
        text: include_str!("../wgsl/heat.wgsl"),
        constants: vec![("rows", rows.into()), ("columns", columns.into())],
        buffers: vec![heat.into(), next.into()],
        bindings: vec![vec![0, 1], vec![1, 0]],
        groups: [columns.div_ceil(64), rows.div_ceil(4)],
        runs: 2,
        output: 0,
        shape: Shape::Numbers,
    }
}

/// Each cell is read and written, twice in a pass.
fn figure([rows, columns]: Size, seconds: f64) -> f64 {
    2.0 * 8.0 * f64::from(rows) * f64::from(columns) / seconds / 1e9
}

/// A cell after two steps.
fn there_and_back(size: Size, x: u32, y: u32) -> f32 {
    let start = |x, y| number(u64::from(x) * u64::from(size[1]) + u64::from(y), 0);
    let once = |x, y| spread(size, start, x, y);
    spread(size, once, x, y)
}

/// A cell a step after `heat`.
fn spread([rows, columns]: Size, heat: impl Fn(u32, u32) -> f32, x: u32, y: u32) -> f32 {
    let h = heat(x, y);
    let mut total = 0.0;
    if x > 0 {
        total += heat(x - 1, y) - h;
    }
    if x < rows - 1 {
        total += heat(x + 1, y) - h;
    }
    if y > 0 {
        total += heat(x, y - 1) - h;
    }
    if y < columns - 1 {
        total += heat(x, y + 1) - h;
    }
    h + 0.25 * total
}
