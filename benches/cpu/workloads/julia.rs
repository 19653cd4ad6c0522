//! W3: a Julia set of at most 1000 iterations a pixel, bound by arithmetic, with a loop that ends differently for neighbours.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::julia::{color, iterations, point};
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::contest::Who;
use crate::peers::Loops;

pub(super) fn workload(scale: Scale) -> Workload {
    let (width, height) = scale.pick((1920, 1080), (192, 108));
    let image = vec![0; (width * height * 4) as usize];
    let start = State { width: width as usize, height: height as usize, image };
    Workload {
        terms: Terms {
            title: format!("W3 Julia {width}×{height}"),
            peer_words: format!("julia {width} {height} 1"),
            // How rounding goes decides when a point near the set leaves.
            accuracy: Accuracy { tolerance: 0.0, share: 0.03 },
            targets: vec![Target::Ratio(0.45, Who::Rayon)],
        },
        program: Program {
            builder: GpuInterface::builder().canvas(width, height).uniform("scale", 3.0 / height as f32),
            kernels: vec![kernels::JULIA.to_owned()],
            extents: [width, height, 1],
            runs: 1,
            inputs: Vec::new(),
            output: Output::Canvas,
        },
        loops: Loops::pair(start, 1, [one_thread, rayon], |state| {
            state.image.iter().copied().map(f32::from).collect()
        }),
    }
}

#[derive(Clone)]
struct State {
    width: usize,
    height: usize,
    /// Red, green, blue and alpha of each pixel.
    image: Vec<u8>,
}

fn one_thread(State { width, height, image }: &mut State) {
    image.chunks_mut(*width * 4).enumerate().for_each(|(y, row)| paint(*width, *height, y, row));
}

fn rayon(State { width, height, image }: &mut State) {
    image.par_chunks_mut(*width * 4).enumerate().for_each(|(y, row)| paint(*width, *height, y, row));
}

/// One row of the picture.
fn paint(width: usize, height: usize, y: usize, row: &mut [u8]) {
    for (x, pixel) in row.chunks_mut(4).enumerate() {
        pixel.copy_from_slice(&color(iterations(point([width, height], x, y))));
    }
}
