//! W10: the product of W5 over flat buffers; the size is a uniform, which no compiler knows.

use benches::arguments::Scale;
use benches::input::numbers;
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::product::{figure, of_squares};
use super::{Size, Target, Task, Workload};
use crate::wgsl::{Shader, Shape};

pub(super) fn workload(scale: Scale) -> Workload {
    let task = Task::Compute { program, shader, figure };
    of_squares("W10", "flat matmul", scale.pick(2048, 60), Target::OfCuda(1.0), task)
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
