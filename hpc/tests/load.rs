//! Much work: what it takes of memory, handles and threads does not grow with how much there was.
//!
//! `HPC_LOAD` multiplies the counts: with 1000 there are a million runs, 10^5 reads and writes, 10^4 kernels and 10^3 interfaces, and 64 of these
//! at once.
#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use hpc::{Error, GpuInterface, Kernel};
use pollster::block_on;

/// How much more memory there may be after two thirds of the work: what allocators keep varies.
const MORE_KIB: u64 = 24 * 1024;

/// What the process holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    kib: u64,
    handles: usize,
    threads: usize,
}

impl Held {
    fn now() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let number = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse().unwrap()
        };
        let handles = std::fs::read_dir("/proc/self/fd").unwrap().count();
        Self { kib: number("VmRSS:"), handles, threads: number("Threads:") as usize }
    }

    fn is_flat(self, before: Self) -> bool {
        self.kib <= before.kib + before.kib / 4 + MORE_KIB
            && self.handles <= before.handles + 2
            && self.threads <= before.threads
    }
}

/// Works so many times, and compares what the process holds after a third with what it holds at the end.
fn stays_flat(what: &str, times: u64, mut work: impl FnMut(u64)) {
    let begun = Instant::now();
    (0..times / 3).for_each(&mut work);
    rest();
    let before = Held::now();
    (times / 3..times).for_each(&mut work);
    let took = begun.elapsed();
    let mut after = Held::now();
    // Threads that have nothing to do end after a while.
    let begun = Instant::now();
    while !after.is_flat(before) && begun.elapsed() < Duration::from_secs(5) {
        rest();
        after = Held::now();
    }
    println!("{times} {what} in {took:.1?}: {before:?}, at the end {after:?}");
    assert!(after.is_flat(before), "{what}");
}

fn rest() {
    std::thread::sleep(Duration::from_millis(300));
}

fn open() -> GpuInterface {
    let builder = GpuInterface::builder().zeros::<f32>("a", 1 << 16).zeros::<f32>("b", 4).uniform("u", 0.0);
    block_on(builder.build().unwrap().initialize()).unwrap()
}

/// A kernel whose text is like no other.
fn kernel(gpu: &GpuInterface, number: u64) -> Kernel {
    let text = format!("inputs => {{ inputs.buffers.b[inputs.threadId.x] = inputs.uniforms.u + {number}; }}");
    block_on(gpu.create_kernel(&text)).unwrap()
}

/// What a kernel computes, through a whole interface.
fn use_once(number: u64) -> Result<Vec<f32>, Error> {
    let gpu = open();
    let kernel = kernel(&gpu, number);
    kernel.run([4, 1, 1])?;
    block_on(gpu.read_buffer::<f32>("b"))
}

fn at_once(threads: u64) {
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|number| scope.spawn(move || use_once(number))).collect();
        for (number, one) in all.into_iter().enumerate() {
            assert_eq!(one.join().unwrap().unwrap(), [number as f32; 4]);
        }
    });
}

// One test, as all of a process is looked at.
#[test]
fn memory_handles_and_threads_stay_as_they_are() {
    let load = std::env::var("HPC_LOAD").ok().and_then(|load| load.parse().ok()).unwrap_or(5_u64);
    {
        let gpu = open();
        let add = kernel(&gpu, 0);
        stays_flat("runs", 1000 * load, |turn| {
            gpu.set_uniforms([("u", turn as f32)]).unwrap();
            add.run([4, 1, 1]).unwrap();
            if turn % 1000 == 999 {
                assert_eq!(block_on(gpu.read_buffer::<f32>("b")).unwrap(), [turn as f32; 4]);
            }
        });
        let large = vec![1.5_f32; 1 << 16];
        stays_flat("reads and writes", 100 * load, |turn| {
            let name = if turn % 10 == 0 { "a" } else { "b" };
            let data = if turn % 10 == 0 { &large[..] } else { &[turn as f32; 4] };
            gpu.write_buffer(name, data).unwrap();
            assert!(block_on(gpu.read_buffer::<f32>(name)).unwrap() == data);
        });
        stays_flat("kernels", 10 * load.max(3), |turn| {
            kernel(&gpu, turn).run([4, 1, 1]).unwrap();
            // Or what is pending would keep its kernels.
            if turn % 50 == 49 {
                block_on(gpu.on_submitted_work_done()).unwrap();
            }
        });
    }
    stays_flat("interfaces", load.max(9), |turn| assert_eq!(use_once(turn).unwrap(), [turn as f32; 4]));
    // What allocators keep for so many threads takes a while to settle.
    let (threads, rounds) = if load < 100 { (16, 3) } else { (64, 30) };
    stays_flat("times many interfaces at once", rounds, |_| at_once(threads));
}
