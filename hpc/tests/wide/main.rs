//! The libraries of WGSL functions on doubles (`compiler/src/emit_wgsl/wide_*.wgsl`) give on the device at hand what Rust's `f64` gives,
//! bit for bit.
//!
//! Each function is a kernel of its own over pairs of operands: every pair of a table of edges, and random ones. The library in
//! software runs on any device, the other one where the device has doubles and 64-bit integers.
//!
//! | variable | what it does |
//! |---|---|
//! | `HPC_CASES` | how many random pairs each function gets |
//! | `HPC_SEED` | draws other pairs |
//! | `HPC_FUNCTION` | runs only the functions whose name contains this |
//! | `HPC_BACKEND` | what is not `gpu` has no WGSL, and nothing runs |

mod device;
mod functions;
mod operands;
mod oracle;

use device::{Device, Library};
use functions::{FUNCTIONS, Function, Kind};
use operands::Pairs;

/// A few seconds with either software driver.
const CASES: usize = 20_000;

#[test]
fn doubles_are_those_of_javascript() {
    if std::env::var("HPC_BACKEND").is_ok_and(|backend| backend != "gpu") {
        println!("doubles in WGSL: not on this backend");
        return;
    }
    let device = Device::open();
    let libraries: Vec<Library> = [Library::Software, Library::Native]
        .into_iter()
        .filter(|&library| library == Library::Software || device.has_doubles)
        .collect();
    println!("doubles in WGSL on {}: {libraries:?}", device.name);
    let word = std::env::var("HPC_FUNCTION").unwrap_or_default();
    let pairs = Pairs::new(number("HPC_CASES", CASES), number("HPC_SEED", 1));
    let mut failures = Vec::new();
    for function in FUNCTIONS.iter().filter(|function| function.name.contains(&word)) {
        let operands = function.operands(&pairs);
        let libraries =
            libraries.iter().copied().filter(|&one| one == Library::Native || !function.is_native());
        let libraries: Vec<Library> = libraries.collect();
        let results: Vec<Vec<u64>> =
            libraries.iter().map(|&library| device.run(library, function, &operands)).collect();
        for (library, results) in libraries.iter().zip(&results) {
            failures.extend(
                first_difference(function, &operands, results).map(|text| format!("{library:?}: {text}")),
            );
        }
        if let [software, native] = results.as_slice()
            && let Some(index) = (0..operands.len()).find(|&index| software[index] != native[index])
        {
            let [software, native] = [software, native].map(|results| show(function.result, results[index]));
            let call = call(function, operands[index]);
            failures.push(format!("{call} is {software} in software and {native} natively"));
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// Where a function is not what it should be, and how often.
fn first_difference(function: &Function, operands: &[[u64; 2]], results: &[u64]) -> Option<String> {
    let wrong = |&index: &usize| !function.accepts(operands[index], results[index]);
    let mut all = (0..operands.len()).filter(wrong);
    let first = all.next()?;
    let count = 1 + all.count();
    let expected = show(function.result, function.expected(operands[first]));
    let (call, found) = (call(function, operands[first]), show(function.result, results[first]));
    Some(format!("{count} of {}: {call} is {found}, should be {expected}", operands.len()))
}

fn call(function: &Function, operands: [u64; 2]) -> String {
    let shown: Vec<String> = function
        .parameters
        .iter()
        .zip(["a", "b"])
        .zip(operands)
        .map(|((&kind, name), operand)| format!("{name} = {}", show(kind, operand)))
        .collect();
    format!("{} for {}", function.call(), shown.join(", "))
}

fn show(kind: Kind, bits: u64) -> String {
    match kind {
        Kind::Wide | Kind::Bits => format!("{:e} [{bits:016x}]", f64::from_bits(bits)),
        Kind::F32 => format!("{:e} [{bits:08x}]", f32::from_bits(bits as u32)),
        Kind::I32 => (bits as i32).to_string(),
        Kind::U32 => bits.to_string(),
        Kind::Bool => (bits == 1).to_string(),
    }
}

fn number<T: std::str::FromStr>(variable: &str, otherwise: T) -> T {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}
