//! What transfers cost: a small round trip, and writing and reading 64 and 512 MiB (W7 of the project's goals).
//!
//! `cargo run --release -p hpc-js --example latency`

use std::time::{Duration, Instant};

use hpc::{GpuInterface, RuntimeError};

const MIB: u32 = 1024 * 1024;
const ROUNDS: usize = 5;

fn main() -> Result<(), hpc::Error> {
    pollster::block_on(async {
        measure_small().await?;
        for mebibytes in [64, 512] {
            match measure_large(mebibytes).await {
                Err(hpc::Error::Runtime(error @ RuntimeError::BufferTooLarge { .. })) => println!("{error}"),
                result => result?,
            }
        }
        Ok(())
    })
}

async fn measure_small() -> Result<(), hpc::Error> {
    let start = Instant::now();
    let gpu = GpuInterface::builder().zeros::<f32>("small", 64).build()?.initialize().await?;
    println!("{}: initialize {:?}", gpu.adapter_info().name, start.elapsed());
    let mut times = Vec::new();
    // Warm up; then the middle one of many.
    for _ in 0..200 {
        let start = Instant::now();
        gpu.write_buffer("small", [1.0_f32; 64])?;
        gpu.read_buffer::<f32>("small").await?;
        times.push(start.elapsed());
    }
    println!("small write and read: {:.3} ms", milliseconds(median(times)));
    Ok(())
}

/// Each the middle one of five rounds, after one that makes the memory.
async fn measure_large(mebibytes: u32) -> Result<(), hpc::Error> {
    let size = mebibytes * (MIB / 4);
    let gpu = GpuInterface::builder().zeros::<f32>("large", size).build()?.initialize().await?;
    let data = vec![1.0_f32; size as usize];
    let mut times: [Vec<Duration>; 5] = Default::default();
    for round in 0..=ROUNDS {
        let spare = data.clone();
        let start = Instant::now();
        gpu.write_buffer("large", &data)?;
        let called = start.elapsed();
        gpu.on_submitted_work_done().await?;
        let written = start.elapsed();

        let start = Instant::now();
        gpu.write_buffer("large", spare)?;
        gpu.on_submitted_work_done().await?;
        let moved = start.elapsed();

        let start = Instant::now();
        let floats = gpu.read_buffer::<f32>("large").await?;
        let copied = start.elapsed();
        assert!(floats == data, "what is read is what was written");
        drop(floats);

        let start = Instant::now();
        let floats = gpu.read_elements::<f32>("large", ..).await?;
        let lent = start.elapsed();
        assert!(floats[..] == data, "what is read is what was written");

        if round > 0 {
            let round = [called, written, moved, copied, lent];
            times.iter_mut().zip(round).for_each(|(times, time)| times.push(time));
        }
    }
    let names =
        ["the call of a write", "until written", "until a vector is written", "read, a copy", "read, lent"];
    println!("{mebibytes} MiB:");
    for (name, times) in names.iter().zip(times) {
        let time = median(times);
        let rate = f64::from(mebibytes) / 1024.0 / time.as_secs_f64();
        println!("  {name:<26} {:>8.2} ms {rate:>6.1} GiB/s", milliseconds(time));
    }
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
