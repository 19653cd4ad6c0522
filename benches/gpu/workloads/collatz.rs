//! W12: how long numbers take to 1 when even ones are halved and odd ones tripled, and how far up they get: past 2^32 for some, so they
//! are wide. The loop ends differently for neighbours.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::{beside, collatz};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::{Row, Size, Target, Task, Workload};
use crate::reference::Reference;
use crate::wgsl::{Shader, Shape};

pub(super) fn workload(scale: Scale) -> Workload {
    // From 159 487 on there are some that get past 2^32.
    let count: u32 = scale.pick(10_000_000, 160_000);
    Workload {
        id: "W12",
        size: [count, 1],
        rows: vec![Row {
            id: "W12",
            title: format!("W12 Collatz {count}"),
            unit: "M starts/s",
            target: Target::OfCuda(0.8),
        }],
        is_bound_by_memory: false,
        reference: Reference {
            count: 6 * count,
            element: Box::new(|index| expected(index / 6)[(index % 6) as usize]),
            is_slow: false,
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([count, _]: Size) -> Program {
    Program {
        builder: GpuInterface::builder().zeros::<u32>("steps", count).zeros::<f64>("peaks", count),
        kernels: vec![kernels::COLLATZ.to_owned()],
        extents: [count, 1, 1],
        runs: 1,
        inputs: Vec::new(),
        output: Output::WordsAndIntegers("steps", "peaks"),
    }
}

fn shader([count, _]: Size) -> Shader {
    Shader {
        text: include_str!("../wgsl/collatz.wgsl"),
        constants: vec![("count", count.into())],
        buffers: vec![vec![0_u32; 3 * count as usize].into()],
        bindings: vec![vec![0]],
        groups: [count.div_ceil(256), 1],
        runs: 1,
        output: 0,
        shape: Shape::Halves,
    }
}

fn figure([count, _]: Size, seconds: f64) -> f64 {
    f64::from(count) / seconds / 1e6
}

/// What thread `i` finds.
fn expected(i: u32) -> [f32; 6] {
    let (steps, peak) = collatz(u64::from(i) + 1);
    beside(steps, peak)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_starts_are_wide() {
        for scale in [Scale::Quick, Scale::Full] {
            let last = workload(scale).size[0];
            assert!((1..=last.min(160_000)).any(|start| collatz(start.into()).1 > 1 << 32));
        }
    }
}
