//! What transfers cost: a small round trip, and writing and reading 64 MiB.
//!
//! `cargo run --release -p hpc --example latency`

use std::time::{Duration, Instant};

use hpc::GpuInterface;

const LARGE: u32 = 16 * 1024 * 1024;

fn main() -> Result<(), hpc::Error> {
    pollster::block_on(measure())
}

async fn measure() -> Result<(), hpc::Error> {
    let start = Instant::now();
    let builder = GpuInterface::builder().zeros::<f32>("small", 64).zeros::<f32>("large", LARGE);
    let gpu = builder.build()?.initialize().await?;
    println!("{}: initialize {:?}", gpu.adapter_info().name, start.elapsed());

    // Warm up; then the middle one of many.
    let mut times = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        gpu.write_buffer("small", [1.0; 64])?;
        gpu.read_buffer("small").await?;
        times.push(start.elapsed());
    }
    println!("small write and read: {}", median(times));

    let data = vec![1.0_f32; LARGE as usize];
    let (mut calls, mut writes, mut reads) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..7 {
        let start = Instant::now();
        gpu.write_buffer("large", &data)?;
        calls.push(start.elapsed());
        gpu.on_submitted_work_done().await?;
        writes.push(start.elapsed());
        let start = Instant::now();
        gpu.read_buffer("large").await?;
        reads.push(start.elapsed());
    }
    println!("64 MiB: call of write {}, until written {}", median(calls), median(writes));
    println!("64 MiB: read {}", median(reads));
    Ok(())
}

fn median(mut times: Vec<Duration>) -> String {
    times.sort();
    format!("{:.3} ms", times[times.len() / 2].as_secs_f64() * 1000.0)
}
