//! Lets balls fall and bounce, then draws them where they are.

use std::time::Instant;

use hpc::{Error, GpuInterface};

use crate::Outcome;
use crate::program::{compile, finish};

const PROGRAM: &str = include_str!("../../../examples/js/balls.js");
const WIDTH: u32 = 900;
const HEIGHT: u32 = 500;
const COUNT: u32 = 300;
const STEPS: u32 = 400;
/// The program of the tutorial has (0, -9.81) here. But y points down on a canvas, so there the balls rise.
const GRAVITY: [f32; 2] = [0.0, 9.81];

pub(crate) async fn run() -> Result<Outcome, Error> {
    let interface = GpuInterface::builder().canvas(WIDTH, HEIGHT).seed(1);
    let interface = interface.zeros::<[f32; 2]>("positions", COUNT).zeros::<[f32; 2]>("velocities", COUNT);
    let interface = interface.zeros::<[f32; 3]>("colors", COUNT);
    let interface = interface.uniform("gravity", GRAVITY).uniform("radius", 10.0).uniform("dt", 0.1);
    let gpu = interface.build()?.initialize().await?;
    let names = ["initialize", "update", "clear", "draw"];
    let ([initialize, update, clear, draw], compile) = compile(&gpu, PROGRAM, names).await?;

    let start = Instant::now();
    initialize.run(COUNT)?;
    for _ in 0..STEPS {
        update.run(COUNT)?;
    }
    clear.run([WIDTH, HEIGHT])?;
    draw.run(COUNT)?;
    let (result, run) = finish(&gpu, start).await?;
    Ok(Outcome { compile, run, work: (f64::from(STEPS * COUNT), "moves"), result })
}
