//! W6: many runs of few threads, all waited for at the end: what a run costs beside its work.

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
    let (count, runs) = (64, scale.pick(10_000, 100));
    Workload {
        id: "W6",
        size: [count, runs],
        rows: vec![Row {
            id: "W6",
            title: format!("W6 {runs} runs of {count} threads"),
            unit: "µs a run",
            target: Target::TimeOfCuda(1.0),
        }],
        is_bound_by_memory: false,
        reference: Reference {
            count,
            element: Box::new(move |index| (0..runs).fold(number(index.into(), 0), |sum, _| sum + 1.0)),
            is_slow: false,
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([count, runs]: Size) -> Program {
    Program {
        builder: GpuInterface::builder().zeros::<f32>("data", count),
        kernels: vec![kernels::INCREMENT.to_owned()],
        extents: [count, 1, 1],
        runs,
        inputs: vec![("data", numbers(count, 0).into())],
        output: Output::Numbers("data"),
    }
}

fn shader([count, runs]: Size) -> Shader {
    Shader {
        text: include_str!("../wgsl/increment.wgsl"),
        constants: Vec::new(),
        buffers: vec![numbers(count, 0).into()],
        bindings: vec![vec![0]],
        groups: [count.div_ceil(64), 1],
        runs,
        output: 0,
        shape: Shape::Numbers,
    }
}

fn figure([_, runs]: Size, seconds: f64) -> f64 {
    seconds * 1e6 / f64::from(runs)
}
