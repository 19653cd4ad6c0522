//! With the option `deterministic`, what kernels accumulate is the same to the last bit in each run: on the device at hand, and on the CPU with any
//! number of threads, which `HPC_THREADS` says.

use std::process::Command;

use hpc::{GpuInterface, Kernel};
use pollster::block_on;

const CELLS: u32 = 7;
const THREADS: u32 = 3000;

/// Sums of floats of very different sizes, a list that is appended to, and a product, in runs over one axis and two.
fn scatter() -> Vec<u32> {
    let values: Vec<f32> =
        (0..THREADS).map(|i| ((i * 7919) % 1009) as f32 * 1.1_f32.powi((i % 97) as i32 - 40)).collect();
    let builder = GpuInterface::builder()
        .deterministic(true)
        .buffer("values", THREADS, values)
        .zeros::<f32>("sums", CELLS)
        .zeros::<f64>("wide", CELLS)
        .zeros::<u32>("list", THREADS)
        .zeros::<u32>("count", 1);
    let gpu = block_on(builder.build().unwrap().initialize()).unwrap();
    let kernel = |text: &str| -> Kernel { block_on(gpu.create_kernel(text)).unwrap() };
    let sums = kernel(
        "({ threadId: { x, y }, buffers: { values, sums, wide } }) => {
            const i = x + y * 60;
            sums[i * 13 % 7] += values[i];
            wide[i * 5 % 7] += values[i] / 3;
        }",
    );
    let list = kernel(
        "({ threadId: { x }, buffers: { values, list, count } }) => {
            if (values[x] > 40) list[Atomics.add(count, 0, 1)] = x;
        }",
    );
    assert!(sums.explain().contains("order: what it accumulates depends on the order"), "{}", sums.explain());
    sums.run(THREADS).unwrap();
    sums.run([60, 50]).unwrap();
    list.run(THREADS).unwrap();
    let sums: Vec<f32> = block_on(gpu.read_buffer("sums")).unwrap();
    let wide: Vec<f64> = block_on(gpu.read_buffer("wide")).unwrap();
    let list: Vec<u32> = block_on(gpu.read_buffer("list")).unwrap();
    let wide = wide.into_iter().flat_map(|sum| [sum.to_bits() as u32, (sum.to_bits() >> 32) as u32]);
    sums.into_iter().map(f32::to_bits).chain(wide).chain(list).collect()
}

#[test]
fn twenty_runs_give_the_same_bits() {
    let first = scatter();
    assert_eq!(first.len(), (3 * CELLS + THREADS) as usize);
    for _ in 1..20 {
        assert_eq!(scatter(), first);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let program = std::env::current_exe().unwrap();
    let outcome = |threads: usize| {
        let run = ["tells_its_bits", "--exact", "--nocapture", "--include-ignored"];
        let mut command = Command::new(&program);
        command.args(run).env("HPC_THREADS", threads.to_string()).env("HPC_TELL_BITS", "1");
        let output = command.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let bits = text.lines().find_map(|line| line.split("bits: ").nth(1)).map(str::to_owned);
        bits.unwrap_or_else(|| panic!("{text}\n{}", String::from_utf8_lossy(&output.stderr)))
    };
    let first = outcome(1);
    for threads in [2, 3, 5, 8, 2, 16] {
        assert_eq!(outcome(threads), first, "{threads} threads");
    }
}

/// What the test above calls in other processes.
#[test]
fn tells_its_bits() {
    if std::env::var("HPC_TELL_BITS").is_ok() {
        println!("bits: {:x?}", scatter());
    }
}
