//! W13: a histogram of numbers in 256 bins, each thread adding 1 to the bin of its number: many threads want the same bins at the same time.

use std::sync::OnceLock;

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::{halves, numbers};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::{Row, Size, Target, Task, Workload};
use crate::reference::Reference;
use crate::wgsl::{Shader, Shape};

const BINS: u32 = 256;

pub(super) fn workload(scale: Scale) -> Workload {
    let count: u32 = scale.pick(1 << 26, 10_000);
    let counted = OnceLock::new();
    Workload {
        id: "W13",
        size: [count, 1],
        rows: vec![Row {
            id: "W13",
            title: format!("W13 histogram {count}"),
            unit: "GB/s",
            target: Target::OfCuda(0.8),
        }],
        is_bound_by_memory: true,
        reference: Reference {
            count: 2 * BINS,
            element: Box::new(move |index| counted.get_or_init(|| expected(count))[index as usize]),
            is_slow: false,
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([count, _]: Size) -> Program {
    Program {
        builder: GpuInterface::builder().zeros::<f32>("data", count).zeros::<u32>("bins", BINS),
        kernels: vec![kernels::HISTOGRAM.to_owned()],
        extents: [count, 1, 1],
        runs: 1,
        inputs: vec![("data", numbers(count, 0).into()), ("bins", vec![0_u32; BINS as usize].into())],
        output: Output::Words("bins"),
    }
}

fn shader([count, _]: Size) -> Shader {
    let groups = count.div_ceil(256);
    // A dimension has at most 65 535.
    let across = groups.min(32_768);
    Shader {
        text: include_str!("../wgsl/histogram.wgsl"),
        constants: Vec::new(),
        buffers: vec![numbers(count, 0).into(), vec![0_u32; BINS as usize].into()],
        bindings: vec![vec![0, 1]],
        groups: [across, groups.div_ceil(across)],
        runs: 1,
        output: 1,
        shape: Shape::Halves,
    }
}

fn figure([count, _]: Size, seconds: f64) -> f64 {
    4.0 * f64::from(count) / seconds / 1e9
}

fn expected(count: u32) -> Vec<f32> {
    let mut bins = vec![0_u32; BINS as usize];
    numbers(count, 0).into_iter().for_each(|number| bins[(number * BINS as f32) as usize] += 1);
    halves(&bins)
}
