//! Paints a Julia set in Full HD.

use std::time::Instant;

use hpc::{Error, GpuInterface};

use crate::Outcome;
use crate::program::{compile, finish};

const PROGRAM: &str = include_str!("../../../examples/js/julia.js");
const WIDTH: u32 = 1920;
const HEIGHT: u32 = 1080;
/// The width of a pixel: the picture shows 1.8 units of the complex plane from top to bottom.
const SCALE: f32 = 1.8 / HEIGHT as f32;
/// The point whose Julia set it is.
const C: [f32; 2] = [-0.835, -0.2321];

pub(crate) async fn run() -> Result<Outcome, Error> {
    let interface = GpuInterface::builder().canvas(WIDTH, HEIGHT);
    let interface = interface.uniform("mouse", mouse()).uniform("maxIters", 1000.0).uniform("scale", SCALE);
    let gpu = interface.build()?.initialize().await?;
    let ([julia], compile) = compile(&gpu, PROGRAM, ["julia"]).await?;

    let start = Instant::now();
    julia.run([WIDTH, HEIGHT])?;
    let (result, run) = finish(&gpu, start).await?;
    Ok(Outcome { compile, run, work: (f64::from(WIDTH * HEIGHT), "pixels"), result })
}

/// Where the mouse must point for `C`.
fn mouse() -> [f32; 2] {
    [WIDTH as f32 / 2.0 + C[0] / SCALE, HEIGHT as f32 / 2.0 + C[1] / SCALE]
}
