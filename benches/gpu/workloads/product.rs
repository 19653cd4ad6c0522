//! W5: a product of square matrices, a dot product a thread, as one writes it first.

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
    let task = Task::Compute { program, shader, figure };
    of_squares("W5", "matmul", scale.pick(4096, 60), Target::OfBestPeer(1.0), task)
}

/// The workload that multiplies square matrices.
pub(super) fn of_squares(id: &'static str, name: &str, side: u32, target: Target, task: Task) -> Workload {
    Workload {
        id,
        size: [side, side],
        rows: vec![Row { id, title: format!("{id} {name} {side}"), unit: "GFLOP/s", target }],
        is_bound_by_memory: false,
        reference: Reference {
            count: side * side,
            element: Box::new(move |index| dot(side, index / side, index % side)),
            is_slow: true,
            // Sums of thousands of terms, in any order.
            accuracy: Accuracy { tolerance: 1e-4, share: 0.0 },
        },
        task,
    }
}

fn program(size: Size) -> Program {
    let [side, _] = size;
    let builder = GpuInterface::builder();
    Program {
        builder: builder.zeros::<f32>("a", size).zeros::<f32>("b", size).zeros::<f32>("c", size),
        kernels: vec![kernels::PRODUCT.to_owned()],
        extents: [side, side, 1],
        runs: 1,
        inputs: vec![("a", numbers(side * side, 0).into()), ("b", numbers(side * side, 1).into())],
        output: Output::Numbers("c"),
    }
}

fn shader([side, _]: Size) -> Shader {
    let count = side * side;
    Shader {
        text: include_str!("../wgsl/product.wgsl"),
        constants: vec![("side", side.into())],
        buffers: vec![
            numbers(count, 0).into(),
            numbers(count, 1).into(),
            vec![0.0_f32; count as usize].into(),
        ],
        bindings: vec![vec![0, 1, 2]],
        groups: [side.div_ceil(32), side.div_ceil(8)],
        runs: 1,
        output: 2,
        shape: Shape::Numbers,
    }
}

pub(super) fn figure([side, _]: Size, seconds: f64) -> f64 {
    2.0 * f64::from(side).powi(3) / seconds / 1e9
}

/// An element of the product, in double precision.
fn dot(side: u32, row: u32, column: u32) -> f32 {
    let [side, row, column] = [side, row, column].map(u64::from);
    let term = |k| f64::from(number(row * side + k, 0)) * f64::from(number(k * side + column, 1));
    (0..side).map(term).sum::<f64>() as f32
}
