//! W3: a Julia set of at most 1000 iterations a pixel, bound by arithmetic, with a loop that ends differently for neighbours.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::julia::{color, iterations, point};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;

use super::{Row, Size, Target, Task, Workload};
use crate::reference::Reference;
use crate::wgsl::{Shader, Shape, pixel};

/// A few times what rounding does to a number.
const HAIR: f32 = 5e-7;

pub(super) fn workload(scale: Scale) -> Workload {
    let [width, height] = scale.pick([3840, 2160], [190, 107]);
    let size = [width as usize, height as usize];
    Workload {
        id: "W3",
        size: [width, height],
        rows: vec![Row {
            id: "W3",
            title: format!("W3 Julia {width}×{height}"),
            unit: "Mpix/s",
            target: Target::OfBestPeer(1.3),
        }],
        is_bound_by_memory: false,
        reference: Reference {
            count: width * height,
            element: Box::new(move |index| {
                expected(size, (index % width) as usize, (index / width) as usize)
            }),
            is_slow: false,
            // For some more points rounding decides than is found out.
            accuracy: Accuracy { tolerance: 0.0, share: 0.01 },
        },
        task: Task::Compute { program, shader, figure },
    }
}

fn program([width, height]: Size) -> Program {
    Program {
        builder: GpuInterface::builder().canvas(width, height).uniform("scale", 3.0 / height as f32),
        kernels: vec![kernels::JULIA.to_owned()],
        extents: [width, height, 1],
        runs: 1,
        inputs: Vec::new(),
        output: Output::Canvas,
    }
}

fn shader([width, height]: Size) -> Shader {
    Shader {
        text: include_str!("../wgsl/julia.wgsl"),
        constants: vec![("width", width.into()), ("height", height.into())],
        buffers: vec![vec![0_u32; (width * height) as usize].into()],
        bindings: vec![vec![0]],
        groups: [width.div_ceil(8), height.div_ceil(8)],
        runs: 1,
        output: 0,
        shape: Shape::Pixels,
    }
}

fn figure([width, height]: Size, seconds: f64) -> f64 {
    f64::from(width) * f64::from(height) / seconds / 1e6
}

/// A pixel; not a number where rounding decides: a point near the set leaves at another time if it lies a hair aside.
fn expected(size: [usize; 2], x: usize, y: usize) -> f32 {
    let [re, im] = point(size, x, y);
    let n = iterations([re, im]);
    let beside = |factor| iterations([re * factor, im]) != n || iterations([re, im * factor]) != n;
    if beside(1.0 - HAIR) || beside(1.0 + HAIR) { f32::NAN } else { pixel(color(n)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_decides_about_few_pixels() {
        let reference = workload(Scale::Quick).reference;
        let open = (0..reference.count).filter(|&index| (reference.element)(index).is_nan()).count();
        assert!(open * 20 < reference.count as usize, "{open} of {}", reference.count);
        assert!(open > 0, "the set is chaotic");
    }
}
