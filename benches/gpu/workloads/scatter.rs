//! W14: floats added to cells all over memory. Their sums are exact in any order.

use std::sync::OnceLock;

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::scattered;
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::{Row, Size, Target, Task, Workload};
use crate::reference::Reference;
use crate::wgsl::{Shader, Shape};

pub(super) fn workload(scale: Scale) -> Workload {
    let [count, cells]: Size = scale.pick([1 << 26, 1 << 22], [1 << 14, 1 << 10]);
    let sums = OnceLock::new();
    Workload {
        id: "W14",
        size: [count, cells],
        rows: vec![Row {
            id: "W14",
            title: format!("W14 scatter {count} to {cells}"),
            unit: "Gadds/s",
            target: Target::OfCuda(0.9),
        }],
        is_bound_by_memory: true,
        reference: Reference {
            count: cells,
            element: Box::new(move |index| sums.get_or_init(|| expected(count, cells))[index as usize]),
            is_slow: false,
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([count, cells]: Size) -> Program {
    Program {
        builder: GpuInterface::builder()
            .zeros::<u32>("cells", count)
            .zeros::<f32>("values", count)
            .zeros::<f32>("sums", cells),
        kernels: vec![kernels::SCATTER.to_owned()],
        extents: [count, 1, 1],
        runs: 1,
        inputs: vec![
            ("cells", places(count, cells).into()),
            ("values", values(count).into()),
            ("sums", vec![0.0_f32; cells as usize].into()),
        ],
        output: Output::Numbers("sums"),
    }
}

fn shader([count, cells]: Size) -> Shader {
    let groups = count.div_ceil(256);
    // A dimension has at most 65 535.
    let across = groups.min(32_768);
    Shader {
        text: include_str!("../wgsl/scatter.wgsl"),
        constants: Vec::new(),
        buffers: vec![
            places(count, cells).into(),
            values(count).into(),
            vec![0.0_f32; cells as usize].into(),
        ],
        bindings: vec![vec![0, 1, 2]],
        groups: [across, groups.div_ceil(across)],
        runs: 1,
        output: 2,
        shape: Shape::Numbers,
    }
}

fn figure([count, _]: Size, seconds: f64) -> f64 {
    f64::from(count) / seconds / 1e9
}

/// The cell that each number goes to; `cells` is a power of two.
fn places(count: u32, cells: u32) -> Vec<u32> {
    (0..count).map(|index| scattered(index) >> (32 - cells.trailing_zeros())).collect()
}

/// Sixteenths below 4.
fn values(count: u32) -> Vec<f32> {
    (0..count).map(|index| (index % 64) as f32 / 16.0).collect()
}

fn expected(count: u32, cells: u32) -> Vec<f32> {
    let mut sums = vec![0.0; cells as usize];
    for (cell, value) in places(count, cells).into_iter().zip(values(count)) {
        sums[cell as usize] += value;
    }
    sums
}
