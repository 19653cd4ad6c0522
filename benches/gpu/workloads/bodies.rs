//! W4: bodies that attract each other, every pair of them; bound by arithmetic.

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
    let count = scale.pick(65_536, 300);
    Workload {
        id: "W4",
        size: [count, 1],
        rows: vec![Row {
            id: "W4",
            title: format!("W4 n-body {count}"),
            unit: "G interactions/s",
            target: Target::OfTiledCuda(1.0),
        }],
        is_bound_by_memory: false,
        reference: Reference {
            count: 3 * count,
            element: Box::new(move |index| velocity(count, index / 3, (index % 3) as usize)),
            is_slow: true,
            // Sums of thousands of terms, in any order, with square roots as each device has them.
            accuracy: Accuracy { tolerance: 1e-3, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([count, _]: Size) -> Program {
    Program {
        builder: GpuInterface::builder()
            .zeros::<[f32; 4]>("bodies", count)
            .zeros::<[f32; 3]>("velocities", count),
        kernels: vec![kernels::BODIES.to_owned()],
        extents: [count, 1, 1],
        runs: 1,
        inputs: vec![
            ("velocities", vec![0.0_f32; 4 * count as usize].into()),
            ("bodies", numbers(4 * count, 0).into()),
        ],
        output: Output::Vectors("velocities"),
    }
}

fn shader([count, _]: Size) -> Shader {
    Shader {
        text: include_str!("../wgsl/bodies.wgsl"),
        constants: Vec::new(),
        buffers: vec![numbers(4 * count, 0).into(), vec![0.0_f32; 4 * count as usize].into()],
        bindings: vec![vec![0, 1]],
        groups: [count.div_ceil(256), 1],
        runs: 1,
        output: 1,
        shape: Shape::Vectors,
    }
}

fn figure([count, _]: Size, seconds: f64) -> f64 {
    f64::from(count) * f64::from(count) / seconds / 1e9
}

/// What all bodies add to the velocity of body `i` along an axis, in double precision.
fn velocity(count: u32, i: u32, axis: usize) -> f32 {
    let place = |i| [0, 1, 2].map(|axis| f64::from(number(4 * u64::from(i) + axis, 0)));
    let me = place(i);
    let pull = |j| {
        let other = place(j);
        let d = [other[0] - me[0], other[1] - me[1], other[2] - me[2]];
        let inv = 1.0 / (d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + 1e-4).sqrt();
        d[axis] * inv * inv * inv
    };
    ((0..count).map(pull).sum::<f64>() * 0.001) as f32
}
