//! W9: the mean of a pixel's neighbours in its row; how many is a uniform, which no compiler knows.

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
    let [side, radius] = scale.pick([8192, 16], [90, 5]);
    Workload {
        id: "W9",
        size: [side, radius],
        rows: vec![Row {
            id: "W9",
            title: format!("W9 blur {side}×{side}, radius {radius}"),
            unit: "Gtaps/s",
            target: Target::OfCuda(1.0),
        }],
        is_bound_by_memory: false,
        reference: Reference {
            count: side * side,
            element: Box::new(move |index| mean([side, radius], index)),
            is_slow: false,
            accuracy: Accuracy { tolerance: 1e-5, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([side, radius]: Size) -> Program {
    let builder = GpuInterface::builder().uniform("radius", radius);
    Program {
        builder: builder.zeros::<f32>("picture", [side, side]).zeros::<f32>("blurred", [side, side]),
        kernels: vec![kernels::BLUR.to_owned()],
        extents: [side, side, 1],
        runs: 1,
        inputs: vec![("picture", numbers(side * side, 0).into())],
        output: Output::Numbers("blurred"),
    }
}

fn shader([side, radius]: Size) -> Shader {
    let blurred = vec![0.0_f32; (side * side) as usize];
    Shader {
        text: include_str!("../wgsl/blur.wgsl"),
        constants: vec![("side", side.into())],
        buffers: vec![numbers(side * side, 0).into(), blurred.into(), vec![radius].into()],
        bindings: vec![vec![0, 1, 2]],
        groups: [side.div_ceil(256), side],
        runs: 1,
        output: 1,
        shape: Shape::Numbers,
    }
}

/// A tap is a neighbour that is read.
fn figure([side, radius]: Size, seconds: f64) -> f64 {
    f64::from(side) * f64::from(side) * f64::from(2 * radius + 1) / seconds / 1e9
}

/// The mean around a pixel, in double precision. The first and the last of a row go on beyond it.
fn mean([side, radius]: Size, index: u32) -> f32 {
    let (row, x, width) = (index / side, index % side, 2 * radius + 1);
    let tap = |tap: u32| {
        let column = (x + tap).saturating_sub(radius).min(side - 1);
        f64::from(number(u64::from(row * side + column), 0))
    };
    ((0..width).map(tap).sum::<f64>() / f64::from(width)) as f32
}
