//! How long a call of `run` takes the caller: 10 000 runs of a 64-element kernel on the noop backend (or the one that
//! `HPC_BACKEND` names), and until all of them are done.
//!
//! `cargo run --release -p hpc --example enqueue`

use std::time::Instant;

use hpc::{Backend, GpuInterface};

const RUNS: u32 = 10_000;

fn main() -> Result<(), hpc::Error> {
    pollster::block_on(measure())
}

async fn measure() -> Result<(), hpc::Error> {
    let backend = match std::env::var("HPC_BACKEND") {
        Ok(name) => Backend::from_name(&name)?,
        Err(_) => Backend::Noop,
    };
    let builder = GpuInterface::builder().zeros::<f32>("numbers", 64).uniform("time", 0.0).backend(backend);
    let gpu = builder.build()?.initialize().await?;
    let kernel = gpu.create_kernel("inputs => { inputs.buffers.numbers[inputs.threadId.x] += 1; }").await?;
    println!("{}: {RUNS} runs of 64 threads", gpu.adapter_info().name);
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..RUNS {
            kernel.run(64)?;
        }
        let enqueued = start.elapsed();
        gpu.on_submitted_work_done().await?;
        let done = start.elapsed();
        println!(
            "{:.3} us a run to enqueue, {:.3} us a run until done",
            enqueued.as_secs_f64() * 1e6 / f64::from(RUNS),
            done.as_secs_f64() * 1e6 / f64::from(RUNS)
        );
    }
    Ok(())
}
