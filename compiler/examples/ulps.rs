//! Measures how far the functions of the CPU backend are from the exact results, and how long they take.
//!
//! `cargo run --release -p hpc-compiler --example ulps [function…]` tries all 2^32 floats, and 2^30 pairs of them for functions
//! of two operands, on all cores; that takes minutes for each function. It prints rows for `docs/accuracy.md`.

use std::time::Instant;

use compiler::emit_wasm::math::{Function, module};
use compiler::ir::Builtin;
use runner::{Runner, builtin, reference, ulps};

#[path = "../src/emit_wasm/math/tests/runner.rs"]
mod runner;

/// So many operands are tried at a time.
const BLOCK: usize = 1 << 14;

/// The largest error so far, and where it is.
#[derive(Clone, Copy, Debug, Default)]
struct Worst {
    error: f64,
    operands: [u32; 2],
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    println!("| function | worst error in ulps | at | ns for eight lanes |\n|---|---|---|---|");
    for &function in Function::ALL.iter().filter(|&&function| function <= Function::Tanh) {
        let name = builtin(function).map_or("%", Builtin::name);
        if wanted.is_empty() || wanted.iter().any(|each| each == name) {
            let worst = worst(function);
            let operands: Vec<String> = worst.operands[..function.arity()]
                .iter()
                .map(|&bits| format!("{:e}", f32::from_bits(bits)))
                .collect();
            println!(
                "| `{name}` | {:.3} | {} | {:.1} |",
                worst.error,
                operands.join(", "),
                nanoseconds(function)
            );
        }
    }
}

/// The largest error over all operands, each core trying a part of them.
fn worst(function: Function) -> Worst {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let operands: u64 = if function.arity() == 1 { 1 << 32 } else { 1 << 30 };
    let blocks = operands / BLOCK as u64;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || worst_of(function, (thread as u64..blocks).step_by(threads))))
            .collect();
        let found = workers.into_iter().map(|worker| worker.join().expect("no worker fails"));
        found.fold(Worst::default(), worse)
    })
}

/// The largest error over some blocks of operands.
fn worst_of(function: Function, blocks: impl Iterator<Item = u64>) -> Worst {
    let exact = reference(function);
    let mut runner = Runner::new(function, BLOCK);
    let mut worst = Worst::default();
    for block in blocks {
        let (a, b) = operands(function, block);
        let results = runner.run(&a, &b);
        for ((&a, &b), result) in a.iter().zip(&b).zip(results) {
            let expected = exact(&[a, b].map(|bits| f64::from(f32::from_bits(bits))));
            let error = ulps(f32::from_bits(result), expected);
            worst = worse(worst, Worst { error, operands: [a, b] });
        }
    }
    worst
}

fn worse(a: Worst, b: Worst) -> Worst {
    if b.error > a.error { b } else { a }
}

/// A block of operands: all floats in their order, or pairs of random ones, every second pair of moderate size.
fn operands(function: Function, block: u64) -> (Vec<u32>, Vec<u32>) {
    let numbers = block * BLOCK as u64..(block + 1) * BLOCK as u64;
    if function.arity() == 1 {
        return (numbers.map(|number| number as u32).collect(), vec![0; BLOCK]);
    }
    let pairs = numbers.map(|number| {
        let bits = stir(number);
        let (a, b) = (bits as u32, (bits >> 32) as u32);
        if number % 2 == 0 { (a, b) } else { (moderate(a), moderate(b)) }
    });
    pairs.unzip()
}

/// The number with these bits but an exponent from -16 to 15.
fn moderate(bits: u32) -> u32 {
    (bits & 0x8fff_ffff) + (111 << 23)
}

/// A well-mixed number for each number: the generator `SplitMix64` (Steele, Lea and Flood 2014).
fn stir(number: u64) -> u64 {
    let z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// How long eight lanes take on one core for operands between 0.1 and 1.1, which all functions but `acosh` have; the best of
/// many runs.
fn nanoseconds(function: Function) -> f64 {
    const COUNT: usize = 1 << 12;
    let offset = if function == Function::Acosh { 1.1 } else { 0.1 };
    let a: Vec<u32> = (0..COUNT).map(|step| (offset + step as f32 / COUNT as f32).to_bits()).collect();
    let b: Vec<u32> = a.iter().rev().copied().collect();
    let mut runner = Runner::new(function, COUNT);
    runner.run(&a, &b);
    let times = (0..2000).map(|_| {
        let start = Instant::now();
        runner.call(COUNT);
        start.elapsed().as_nanos() as f64 / (COUNT / 8) as f64
    });
    times.fold(f64::INFINITY, f64::min)
}
