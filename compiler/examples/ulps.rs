//! Measures the vector library of the CPU backend: the largest errors, and the time for eight lanes.
//!
//! `cargo run --release -p hpc-compiler --example ulps [FUNCTION…] [PART]` tries all 2³² floats for each function of one operand, and
//! 2³⁰ random pairs for those of two; or only one in PART of them. The errors are against double precision, in units in the
//! last place.

#[path = "../tests/support/judge.rs"]
mod judge;

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use compiler::emit_wasm::math::Function;
use judge::{Random, Runner, error, reference};

/// How many words a thread computes at once.
const CHUNK: usize = 1 << 16;

fn main() {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let part = names.last().and_then(|last| last.parse().ok());
    if part.is_some() {
        names.pop();
    }
    println!("| function | worst error (ulp) | at | ns for eight lanes |\n|---|---|---|---|");
    for &function in Function::ALL {
        if names.is_empty() || names.contains(&format!("{function:?}")) {
            let worst = sweep(function, part.unwrap_or(1));
            let at: Vec<String> = worst.operands[..function.arity()]
                .iter()
                .map(|&bits| match reference(function) {
                    Some(_) => format!("{:e}", f32::from_bits(bits)),
                    None => format!("{bits:#x}"),
                })
                .collect();
            println!("| {function:?} | {:.3} | {} | {:.1} |", worst.error, at.join(", "), time(function));
        }
    }
}

/// The largest error, and where it is.
#[derive(Clone, Copy, Default)]
struct Worst {
    error: f64,
    operands: [u32; 2],
}

impl Worst {
    fn max(self, other: Self) -> Self {
        if other.error > self.error { other } else { self }
    }
}

/// The largest error of all operands, or of one in `part`.
fn sweep(function: Function, part: u64) -> Worst {
    let count: u64 = if function.arity() == 1 { 1 << 32 } else { 1 << 30 } / part;
    let next = AtomicU64::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut runner = Runner::new(function, CHUNK);
                    let mut worst = Worst::default();
                    loop {
                        let start = next.fetch_add(CHUNK as u64, Ordering::Relaxed);
                        if start >= count {
                            return worst;
                        }
                        worst = worst.max(worst_of_chunk(function, &mut runner, start, part));
                    }
                })
            })
            .collect();
        workers.into_iter().fold(Worst::default(), |worst, worker| {
            worst.max(worker.join().expect("no thread of this program panics"))
        })
    })
}

/// The largest error of one chunk of operands, from number `start` of those of which one in `part` counts.
fn worst_of_chunk(function: Function, runner: &mut Runner, start: u64, part: u64) -> Worst {
    let (a, b) = if function.arity() == 1 {
        let words: Vec<u32> = (0..CHUNK as u64).map(|i| ((start + i) * part) as u32).collect();
        (words.clone(), words)
    } else {
        let mut random = Random::new(start);
        (0..CHUNK).map(|_| random.pair()).unzip()
    };
    let results = runner.run(&a, &b);
    let errors = a
        .iter()
        .zip(&b)
        .zip(&results)
        .map(|((&a, &b), &result)| Worst { error: error(function, (a, b, result)), operands: [a, b] });
    errors.fold(Worst::default(), Worst::max)
}

/// Nanoseconds for eight lanes of ordinary operands.
fn time(function: Function) -> f64 {
    const WORDS: usize = 4096;
    const ROUNDS: usize = 1000;
    let mut random = Random::new(1);
    let mut runner = Runner::new(function, WORDS);
    let is_float = reference(function).is_some() || function == Function::ToInt32;
    let mut operand = || {
        let word = random.word();
        // A float from 0 to 10, or any integer.
        if is_float { (word as f32 * (10.0 / 4_294_967_296.0)).to_bits() } else { word }
    };
    let (a, b): (Vec<u32>, Vec<u32>) = (0..WORDS).map(|_| (operand(), operand())).unzip();
    runner.run(&a, &b);
    // The shortest of many rounds is the one that nothing interrupted.
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        runner.compute();
        start.elapsed()
    });
    rounds.min().expect("there are rounds").as_secs_f64() * 1e9 / (WORDS / 8) as f64
}
