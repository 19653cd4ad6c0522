//! Doubles numbers: the tutorial's four, and four million, so that there is something to measure.

use std::time::Instant;

use hpc::{Error, GpuInterface};

use crate::Outcome;
use crate::program::{Shown, compile};

const PROGRAM: &str = include_str!("../../../examples/js/double.js");
const COUNT: u32 = 4_000_000;

pub(crate) async fn run() -> Result<Outcome, Error> {
    let numbers: Vec<f32> = (1..=COUNT).map(|number| number as f32).collect();
    let gpu = GpuInterface::builder().buffer("mybuffer", COUNT, numbers).build()?.initialize().await?;
    let ([double], compile) = compile(&gpu, PROGRAM, ["double"]).await?;
    gpu.on_submitted_work_done().await?; // until the numbers are there

    let start = Instant::now();
    double.run(COUNT)?;
    gpu.on_submitted_work_done().await?;
    let run = start.elapsed();

    let doubled = gpu.read_buffer::<f32>("mybuffer").await?;
    let result = format!("{:?} …", &doubled[..4]);
    Ok(Outcome { compile, run, work: (f64::from(COUNT), "numbers"), result: Shown::Text(result) })
}
