//! Random kernels give on the device at hand what the interpreter says.
//!
//! A kernel is drawn as a tree, printed as JavaScript, compiled, and run over a few extents by both. Integers must be equal;
//! floats, which never decide anything, must be near. A kernel that fails is shrunk to a small one. Kernels that have once
//! found a mistake are kept in `kernels/` and run first.
//!
//! | variable | what it does |
//! |---|---|
//! | `HPC_CASES` | how many kernels are drawn |
//! | `HPC_SEED` | draws other kernels |
//! | `HPC_ADAPTER`, `HPC_BACKEND` | which device, as for every program |

mod arena;
mod print;
mod tree;

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use arena::Arena;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// About twenty seconds with either software driver.
const CASES: u32 = 80;

/// Draws no kernel that SwiftShader takes a minute to compile, as it does with about one in fifty: others can be drawn by hand.
const SEED: u32 = 1;

/// How long a kernel that fails is made smaller, in milliseconds.
const PATIENCE: u32 = 60_000;

#[test]
fn kernels_give_what_the_interpreter_says() {
    let arenas = RefCell::new([1, 2, 3].map(Arena::open));
    let check = |rank: usize, text: &str| arenas.borrow_mut()[rank - 1].check(text);
    for (name, rank, text) in kept() {
        check(rank, &text).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    }
    let config = Config {
        cases: number("HPC_CASES", CASES),
        failure_persistence: None,
        max_shrink_iters: 10_000,
        max_shrink_time: PATIENCE,
        ..Config::default()
    };
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number("HPC_SEED", SEED).to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let result = TestRunner::new_with_rng(config, random).run(&tree::kernels(), |kernel| {
        check(kernel.rank, &print::print(&kernel)).map_err(TestCaseError::fail)
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(failure, _)) => panic!("{failure}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// The kernels that were kept: name, rank and text. The first line says the rank.
fn kept() -> Vec<(String, usize, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/random_kernels/kernels");
    let files = fs::read_dir(folder).expect("the folder of kept kernels").flatten();
    let mut kernels: Vec<_> = files
        .map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(file.path()).expect("a kept kernel is a text");
            let rank = text.strip_prefix("// rank ").and_then(|rest| rest.get(..1)?.parse().ok());
            let rank = rank.unwrap_or_else(|| panic!("{name} does not start with `// rank 1`, `2` or `3`"));
            (name, rank, text)
        })
        .collect();
    kernels.sort();
    kernels
}

fn number(variable: &str, default: u32) -> u32 {
    let Ok(text) = std::env::var(variable) else { return default };
    text.parse().unwrap_or_else(|_| panic!("{variable} is {text}, which is no number"))
}
