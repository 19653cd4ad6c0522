//! Random kernels give on the device at hand what they give as plain JavaScript.
//!
//! A kernel is drawn as a tree, printed as JavaScript, compiled, and run a few times over several extents and uniforms. The judge is Node, which
//! calls the same text. What is computed from integers and doubles must be the same bit for bit; what is computed from singles, which
//! never decides anything, must be near. The interpreter of the IR is asked about the first run. A kernel that fails is shrunk to a small
//! one. Kernels that have once found a mistake are kept in `kernels/` and run first.
//!
//! | variable | what it does |
//! |---|---|
//! | `HPC_CASES` | how many kernels are drawn |
//! | `HPC_SEED` | draws other kernels |
//! | `HPC_FAILURES` | how many kernels may fail, which are printed as they are; the next is made smaller and ends the test |
//! | `HPC_ADAPTER`, `HPC_BACKEND` | which device, as for every program |

mod arena;
mod compare;
mod counts;
mod draw;
mod inputs;
mod judge;
mod print;
mod tree;
mod watchdog;

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;

use arena::{Arena, Case};
use counts::Counts;
use judge::Judge;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use watchdog::Watchdog;

/// About twenty seconds on the CPU backend.
const CASES: u32 = 140;

/// About as long with a software driver.
const GPU_CASES: u32 = 80;

/// Software drivers take long to compile what is computed in doubles: of such kernels they run one in so many.
const WIDE_SAMPLE: u32 = 4;

/// The interpreter is asked about one kernel in so many.
const SAMPLE: u32 = 10;

/// Draws the same kernels each time.
const SEED: u32 = 1;

/// How long a kernel that fails is made smaller, in milliseconds.
const PATIENCE: u32 = 30_000;

#[test]
fn kernels_give_what_plain_javascript_gives() {
    let mut judge = Judge::start();
    let arenas = [1, 2, 3].map(|rank| Arena::open(rank, &mut judge));
    let on_cpu = std::env::var("HPC_BACKEND").is_ok_and(|backend| backend == "cpu");
    let watchdog = Watchdog::start();
    let failed = Cell::new(false);
    let state = RefCell::new((judge, arenas, Counts::default()));
    let check = |case: &Case| {
        let (judge, arenas, counts) = &mut *state.borrow_mut();
        watchdog.watch(case.to_string());
        let seen = arenas[case.rank - 1].check(judge, case);
        // While a kernel that fails is made smaller, nothing counts.
        failed.set(failed.get() || seen.is_err());
        seen.map(|seen| {
            if !failed.get() {
                counts.add(seen)
            }
        })
    };
    for (name, case) in kept() {
        check(&case).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    }
    let config = Config {
        cases: number("HPC_CASES", if on_cpu { CASES } else { GPU_CASES }),
        failure_persistence: None,
        max_shrink_iters: 10_000,
        max_shrink_time: PATIENCE,
        ..Config::default()
    };
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number("HPC_SEED", SEED).to_le_bytes());
    let (drawn, allowed) = (Cell::new(0_u32), number("HPC_FAILURES", 0));
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let result = TestRunner::new_with_rng(config, random).run(&draw::kernels(), |kernel| {
        let is_rare =
            !on_cpu && !failed.get() && !(drawn.get() / SAMPLE + drawn.get()).is_multiple_of(WIDE_SAMPLE);
        // What is made smaller may be what the interpreter found.
        let is_interpreted = failed.get() || drawn.replace(drawn.get() + 1).is_multiple_of(SAMPLE);
        let text = print::print(&kernel);
        if is_rare && state.borrow().1[kernel.rank - 1].is_wide(&text) {
            state.borrow_mut().2.left_out += 1;
            return Ok(());
        }
        let case = Case { rank: kernel.rank, has_fractions: kernel.has_fractions, text, is_interpreted };
        let forgiven = state.borrow().2.failed < allowed;
        check(&case).or_else(|failure| {
            if !forgiven {
                return Err(TestCaseError::fail(failure));
            }
            println!("{failure}\n");
            failed.set(false);
            state.borrow_mut().2.failed += 1;
            Ok(())
        })
    });
    println!("{}", state.borrow().2);
    match result {
        Ok(()) => {}
        Err(TestError::Fail(failure, _)) => panic!("{failure}"),
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// The kernels that were kept, by name. The first line says the rank, and whether uniforms may be fractions.
fn kept() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/random_kernels/kernels");
    let files = fs::read_dir(folder).expect("the folder of kept kernels").flatten();
    let mut kernels: Vec<_> = files
        .map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(file.path()).expect("a kept kernel is a text");
            let rest = text
                .strip_prefix("// rank ")
                .and_then(|rest| Some((rest.get(..1)?.parse().ok()?, rest.get(1..)?)));
            let (rank, rest) =
                rest.unwrap_or_else(|| panic!("{name} does not start with `// rank 1`, `2` or `3`"));
            let has_fractions = rest.starts_with(", fractions");
            // Without the comments before it, as a function's text has none.
            let text = text.lines().skip_while(|line| line.starts_with("//")).collect::<Vec<_>>().join("\n");
            (name, Case { rank, has_fractions, text, is_interpreted: true })
        })
        .collect();
    kernels.sort_by(|a, b| a.0.cmp(&b.0));
    kernels
}

fn number(variable: &str, default: u32) -> u32 {
    let Ok(text) = std::env::var(variable) else { return default };
    text.parse().unwrap_or_else(|_| panic!("{variable} is {text}, which is no number"))
}
