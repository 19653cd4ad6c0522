//! W9: the mean of a pixel's neighbours in its row; how many is a uniform.

use std::hint::black_box;

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::numbers;
use benches::kernels;
use benches::ours::{Output, Program};
use hpc::GpuInterface;
use rayon::prelude::*;

use super::{Target, Terms, Workload};
use crate::contest::Who;
use crate::peers::Loops;

pub(super) fn workload(scale: Scale) -> Workload {
    let [side, radius] = scale.pick([2048, 16], [90, 5]);
    let picture = numbers(side * side, 0);
    let start = State {
        side: side as usize,
        radius: radius as usize,
        blurred: vec![0.0; picture.len()],
        picture: picture.clone(),
    };
    let builder = GpuInterface::builder().uniform("radius", radius);
    Workload {
        terms: Terms {
            title: format!("W9 blur {side}×{side}, radius {radius}"),
            peer_words: format!("blur {side} {radius} 1"),
            accuracy: Accuracy { tolerance: 1e-5, share: 0.0 },
            targets: vec![Target::Ratio(1.0, Who::NumbaFast)],
        },
        program: Program {
            builder: builder.zeros::<f32>("picture", [side, side]).zeros::<f32>("blurred", [side, side]),
            kernels: vec![kernels::BLUR.to_owned()],
            extents: [side, side, 1],
            runs: 1,
            inputs: vec![("picture", picture.into())],
            output: Output::Numbers("blurred"),
        },
        loops: Loops::pair(start, 1, [one_thread, rayon], |state| state.blurred.clone()),
    }
}

#[derive(Clone)]
struct State {
    side: usize,
    radius: usize,
    picture: Vec<f32>,
    blurred: Vec<f32>,
}

fn one_thread(State { side, radius, picture, blurred }: &mut State) {
    let rows = picture.chunks(*side).zip(blurred.chunks_mut(*side));
    rows.for_each(|(row, blurred)| blur(black_box(*radius), row, blurred));
}

fn rayon(State { side, radius, picture, blurred }: &mut State) {
    let rows = picture.par_chunks(*side).zip(blurred.par_chunks_mut(*side));
    rows.for_each(|(row, blurred)| blur(black_box(*radius), row, blurred));
}

/// One row. The first pixel and the last go on beyond it.
fn blur(radius: usize, row: &[f32], blurred: &mut [f32]) {
    let last = row.len() - 1;
    for (x, blurred) in blurred.iter_mut().enumerate() {
        let mut sum = 0.0;
        for tap in x..=x + 2 * radius {
            sum += row[tap.saturating_sub(radius).min(last)];
        }
        *blurred = sum / (2 * radius + 1) as f32;
    }
}
