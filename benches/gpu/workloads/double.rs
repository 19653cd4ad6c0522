//! W1: every element times two, bound by memory.

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
    let count: u32 = scale.pick(1 << 28, 10_000);
    Workload {
        id: "W1",
        size: [count, 1],
        rows: vec![Row {
            id: "W1",
            title: format!("W1 double {count}"),
            unit: "GB/s",
            target: Target::OfCopy(0.97),
        }],
        is_bound_by_memory: true,
        reference: Reference {
            count,
            element: Box::new(|index| 2.0 * number(index.into(), 0)),
            is_slow: false,
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([count, _]: Size) -> Program {
    Program {
        builder: GpuInterface::builder().zeros::<f32>("data", count),
        kernels: vec![kernels::DOUBLE.to_owned()],
        extents: [count, 1, 1],
        runs: 1,
        inputs: vec![("data", numbers(count, 0).into())],
        output: Output::Numbers("data"),
    }
}

fn shader([count, _]: Size) -> Shader {
    let groups = count.div_ceil(256);
    // A dimension has at most 65 535.
    let across = groups.min(32_768);
    Shader {
        text: include_str!("../wgsl/double.wgsl"),
        constants: Vec::new(),
        buffers: vec![numbers(count, 0).into()],
        bindings: vec![vec![0]],
        groups: [across, groups.div_ceil(across)],
        runs: 1,
        output: 0,
        shape: Shape::Numbers,
    }
}

/// Each element is read and written.
fn figure([count, _]: Size, seconds: f64) -> f64 {
    8.0 * f64::from(count) / seconds / 1e9
}
