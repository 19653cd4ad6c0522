//! W11: a hash of 32 bits, 64 rounds of it, bound by the arithmetic of integers.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::{halves, hash, scattered};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::{Row, Size, Target, Task, Workload};
use crate::reference::Reference;
use crate::wgsl::{Shader, Shape};

pub(super) fn workload(scale: Scale) -> Workload {
    let count: u32 = scale.pick(1 << 26, 10_000);
    Workload {
        id: "W11",
        size: [count, 1],
        rows: vec![Row {
            id: "W11",
            title: format!("W11 hash {count}"),
            unit: "Ghashes/s",
            target: Target::OfCuda(1.0),
        }],
        is_bound_by_memory: false,
        reference: Reference {
            count: 2 * count,
            element: Box::new(|index| halves(&[hash(scattered(index / 2))])[(index % 2) as usize]),
            is_slow: false,
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([count, _]: Size) -> Program {
    Program {
        builder: GpuInterface::builder().zeros::<u32>("keys", count).zeros::<u32>("hashes", count),
        kernels: vec![kernels::HASH.to_owned()],
        extents: [count, 1, 1],
        runs: 1,
        inputs: vec![("keys", keys(count).into())],
        output: Output::Words("hashes"),
    }
}

fn shader([count, _]: Size) -> Shader {
    let groups = count.div_ceil(256);
    // A dimension has at most 65 535.
    let across = groups.min(32_768);
    Shader {
        text: include_str!("../wgsl/hash.wgsl"),
        constants: Vec::new(),
        buffers: vec![keys(count).into(), vec![0_u32; count as usize].into()],
        bindings: vec![vec![0, 1]],
        groups: [across, groups.div_ceil(across)],
        runs: 1,
        output: 1,
        shape: Shape::Halves,
    }
}

fn figure([count, _]: Size, seconds: f64) -> f64 {
    f64::from(count) / seconds / 1e9
}

fn keys(count: u32) -> Vec<u32> {
    (0..count).map(scattered).collect()
}
