//! Texts of every shape, deep, long or wide: each is compiled or refused, in a time and memory that grow with it and no faster, and the process
//! lives.
//!
//! A stack that is too small ends a process without a word, so the shapes are compiled in processes of their own, on threads with the stack of
//! any other. `HPC_SHAPE=name` compiles only what has that in its name, `HPC_SHAPES_LONG=1` also texts of 1 MiB.

#[path = "shapes/allocator.rs"]
mod allocator;
mod support;
#[path = "shapes/table.rs"]
mod table;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread::Builder;
use std::time::{Duration, Instant};

use artifact::{Code, ElementType, Interface, UniformType};
use table::{SHAPES, Shape};

#[global_allocator]
static ALLOCATOR: allocator::Counting = allocator::Counting;

/// The stack of a thread that nobody gave another one.
const STACK: usize = 2 << 20;

/// Tells a process of this test which backend it compiles for.
const TARGET: &str = "HPC_SHAPES_TARGET";

#[test]
fn any_text_is_compiled_or_refused() {
    std::thread::scope(|scope| {
        let processes = ["gpu", "cpu"].map(|target| scope.spawn(move || compile_all(target)));
        processes.into_iter().for_each(|process| process.join().expect("all shapes are compiled or refused"));
    });
}

/// Has a process compile all shapes, and says where it ended if it did not get through.
fn compile_all(target: &str) {
    let program = std::env::current_exe().expect("this test is a program");
    let mut child = Command::new(program)
        .args(["--exact", "shapes_of_one_backend", "--nocapture"])
        .env(TARGET, target)
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test can be started");
    let output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
    let mut last = String::new();
    for line in output.lines().map_while(Result::ok) {
        if line.starts_with(TARGET) {
            last = line;
        } else if line.starts_with("wrong") {
            eprintln!("{line}");
        }
    }
    let status = child.wait().expect("the process ends");
    assert!(status.success(), "{status}, last at {last}");
}

/// What [`compile_all`] starts.
#[test]
fn shapes_of_one_backend() {
    let Ok(target) = std::env::var(TARGET) else { return };
    let wanted = std::env::var("HPC_SHAPE").unwrap_or_default();
    let interface = interface(target == "cpu");
    let mut wrong = Vec::new();
    for shape in SHAPES.iter().filter(|shape| shape.name.contains(&wanted)) {
        wrong.extend(
            faults_of(shape, &interface).map(|fault| format!("wrong ({target}): {}: {fault}", shape.name)),
        );
    }
    wrong.iter().for_each(|line| println!("{line}"));
    assert!(wrong.is_empty(), "{} shapes are compiled in a time that grows too fast", wrong.len());
}

/// What compiling a text cost.
#[derive(Clone, Copy, Debug)]
struct Cost {
    /// Bytes that were allocated in all.
    work: usize,
    /// Bytes of the text.
    text: usize,
    /// Bytes of code.
    code: usize,
    time: Duration,
}

/// Compiles a shape at several sizes.
fn faults_of(shape: &Shape, interface: &Interface) -> Option<String> {
    let cost = |count| cost(shape, count, interface);
    let [small, large] = [20, 80].map(cost);
    if let Some(fault) = grows_too_fast(small, large) {
        return Some(fault);
    }
    let is_long = std::env::var("HPC_SHAPES_LONG").is_ok();
    // Hardly any nested text is longer; rows of statements are.
    let is_short = (shape.text)(190).len() < 4500;
    // What is refused takes no time, however long it is.
    let is_refused = large.code == 0 || (is_short && cost(190).code == 0);
    if is_refused || is_long {
        cost(20_000);
    }
    if is_long {
        return long_faults_of(shape, interface);
    }
    None
}

/// Compiles long texts of a shape, up to the longest.
fn long_faults_of(shape: &Shape, interface: &Interface) -> Option<String> {
    let cost = |count| cost(shape, count, interface);
    // Twice as much takes twice the time; more is forgiven twice, as others use the machine too.
    let is_slow = |_| {
        let [half, whole] = [1500, 3000].map(cost);
        (whole.time > Duration::from_secs(1) && whole.time > half.time * 7 / 2).then_some([half, whole])
    };
    if let [Some(times), Some(_), Some(_)] = [0, 1, 2].map(is_slow) {
        return Some(format!("twice as much takes more than three times as long: {times:?}"));
    }
    let part = ((shape.text)(1100).len() - (shape.text)(1000).len()).max(100) / 100;
    let longest = cost((1 << 20) / part);
    (longest.time > Duration::from_secs(20)).then(|| format!("{longest:?}"))
}

/// Whether work or code grow faster than the text.
fn grows_too_fast(small: Cost, large: Cost) -> Option<String> {
    // So much may be the same for all texts, or come with what a text of this length uses first.
    const ONCE: usize = 1 << 20;
    const ONCE_IN_CODE: usize = 64 << 10;
    let factor = large.text.div_ceil(small.text) + 1;
    let grows = large.work > ONCE + 3 * factor * small.work;
    let swells = large.code > ONCE_IN_CODE + 3 * factor * small.code;
    (grows || swells).then(|| format!("{small:?} becomes {large:?}"))
}

fn cost(shape: &Shape, count: usize, interface: &Interface) -> Cost {
    println!("{TARGET} {} × {count}", shape.name);
    let source = (shape.text)(count);
    let interface = interface.clone();
    let stack = STACK;
    let work = move || {
        let (before, start) = (allocator::total(), Instant::now());
        let compiled = compiler::compile(&source, &interface);
        let (time, work) = (start.elapsed(), allocator::total() - before);
        if count < 1000
            && let Ok(artifact) = &compiled
        {
            check(&artifact.code);
        }
        Cost { work, text: source.len(), code: compiled.map_or(0, |artifact| length(&artifact.code)), time }
    };
    let thread = Builder::new().stack_size(stack).spawn(work).expect("a thread can be started");
    thread.join().expect("the compiler does not panic")
}

/// Makes sure that what comes after the compiler takes its code, on the same stack.
fn check(code: &Code) {
    let checked = match code {
        Code::Wgsl(code) => {
            let texts =
                [Some(&code.common), code.general.as_ref(), code.tuned.as_ref().map(|tuned| &tuned.text)];
            texts.into_iter().flatten().try_for_each(|text| support::wgsl::check(text))
        }
        Code::Wasm(code) => support::wasm::check(code),
    };
    if let Err(wrong) = checked {
        panic!("{}", wrong.lines().take(12).collect::<Vec<_>>().join("\n"));
    }
}

fn length(code: &Code) -> usize {
    match code {
        Code::Wgsl(code) => code.common.len() + code.general.as_ref().map_or(0, String::len),
        Code::Wasm(code) => code.common.len() + code.general.as_ref().map_or(0, Vec::len),
    }
}

/// What the kernels of the table use.
fn interface(using_cpu: bool) -> Interface {
    let buffers: &[(&str, ElementType, &[u32])] = &[
        ("o", ElementType::Number, &[64]),
        ("w", ElementType::I32, &[64]),
        ("d", ElementType::F64, &[64]),
        ("g", ElementType::Number, &[8, 8]),
    ];
    let uniforms = [("n", UniformType::Number), ("table", UniformType::Numbers(8))];
    Interface { using_cpu, ..support::interface_of(buffers, &uniforms, true) }
}
