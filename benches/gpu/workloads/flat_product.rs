//! W10: the product of W5 over flat buffers; the size is a uniform, which no compiler knows.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::numbers;
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::product::{dot, figure};
use super::{Row, Size, Target, Task, Workload};
use crate::reference::Reference;
use crate::wgsl::{Shader, Shape};

pub(super) fn workload(scale: Scale) -> Workload {
    let side = scale.pick(2048, 60);
    Workload {
        id: "W10",
        size: [side, side],
        rows: vec![Row {
            id: "W10",
            title: format!("W10 flat matmul {side}"),
            unit: "GFLOP/s",
            target: Target::OfCuda(1.0),
        }],
        is_bound_by_memory: false,
        reference: Reference {
            count: side * side,
            element: Box::new(move |index| dot(side, index / side, index % side)),
            is_slow: true,
            // Sums of thousands of terms, in any order.
            accuracy: Accuracy { tolerance: 1e-4, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([side, _]: Size) -> Program {
    let count = side * side;
    let builder = GpuInterface::builder().uniform("n", side);
    Program {
        builder: builder.zeros::<f32>("a", count).zeros::<f32>("b", count).zeros::<f32>("c", count),
        kernels: vec![kernels::FLAT_PRODUCT.to_owned()],
        extents: [side, side, 1],
        runs: 1,
        inputs: vec![("a", numbers(count, 0).into()), ("b", numbers(count, 1).into())],
        output: Output::Numbers("c"),
    }
}

fn shader([side, _]: Size) -> Shader {
    let count = side * side;
    let c = vec![0.0_f32; count as usize];
    Shader {
        text: include_str!("../wgsl/flat_product.wgsl"),
        constants: Vec::new(),
        buffers: vec![numbers(count, 0).into(), numbers(count, 1).into(), c.into(), vec![side].into()],
        bindings: vec![vec![0, 1, 2, 3]],
        groups: [side.div_ceil(32), side.div_ceil(8)],
        runs: 1,
        output: 2,
        shape: Shape::Numbers,
    }
}
