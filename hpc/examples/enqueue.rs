//! How long a call of `run` takes the caller: 10 000 runs of a 64-element kernel on the noop backend (or the one that
//! `HPC_BACKEND` names), and until all of them are done. The same as a recorded list of 100 runs, replayed a hundred times by one call,
//! and by a hundred calls.
//!
//! `cargo run --release -p hpc-js --example enqueue`

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
    let list = gpu.record(|| (0..100).try_for_each(|_| kernel.run(64)))?;
    for _ in 0..5 {
        measure_calls(&gpu, "calls", || (0..RUNS).try_for_each(|_| kernel.run(64))).await?;
        measure_calls(&gpu, "one replay", || list.replay(RUNS / 100)).await?;
        measure_calls(&gpu, "100 replays", || (0..RUNS / 100).try_for_each(|_| list.replay(1))).await?;
    }
    Ok(())
}

async fn measure_calls(
    gpu: &GpuInterface,
    name: &str,
    call: impl FnOnce() -> Result<(), hpc::Error>,
) -> Result<(), hpc::Error> {
    let start = Instant::now();
    call()?;
    let enqueued = start.elapsed();
    gpu.on_submitted_work_done().await?;
    let done = start.elapsed();
    println!(
        "{name:<12} {:.3} us a run to enqueue, {:.3} us a run until done",
        enqueued.as_secs_f64() * 1e6 / f64::from(RUNS),
        done.as_secs_f64() * 1e6 / f64::from(RUNS)
    );
    Ok(())
}
