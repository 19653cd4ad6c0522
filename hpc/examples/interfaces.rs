//! Opens and drops many interfaces and prints what the process holds after every tenth.
//!
//! `cargo run --release -p hpc-js --example interfaces [-- COUNT]`

use hpc::{Error, GpuInterface};

fn main() -> Result<(), Error> {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(100);
    for number in 1..=count {
        pollster::block_on(use_one())?;
        if number % 10 == 0 {
            println!("{number} interfaces: {}", held());
        }
    }
    Ok(())
}

async fn use_one() -> Result<(), Error> {
    let gpu =
        GpuInterface::builder().buffer("data", 4, [1.0_f32, 2.0, 3.0, 4.0]).build()?.initialize().await?;
    let double = gpu.create_kernel("inputs => { inputs.buffers.data[inputs.threadId.x] *= 2; }").await?;
    double.run(4)?;
    assert_eq!(gpu.read_buffer::<f32>("data").await?, [2.0, 4.0, 6.0, 8.0]);
    Ok(())
}

/// Threads, open files and resident memory, where the system tells.
fn held() -> String {
    let count = |folder: &str| std::fs::read_dir(folder).map_or(0, Iterator::count);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or("VmRSS: unknown");
    format!("{} threads, {} files, {memory}", count("/proc/self/task"), count("/proc/self/fd"))
}
