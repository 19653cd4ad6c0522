//! Loops that do not end, or not for long: who destroys the interface need not wait for them, and where they are not known to end they are stopped
//! and told of, while everything else goes on. On every backend.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use hpc::{Backend, Builder, Error, GpuInterface, Kernel, RuntimeError};
use pollster::block_on;

fn open(builder: Builder) -> GpuInterface {
    block_on(builder.build().unwrap().initialize())
        .expect("these tests need a GPU adapter, or HPC_BACKEND=cpu")
}

/// Two buffers of 64 numbers, and loops that may make so many rounds.
fn interface(limit: u32) -> GpuInterface {
    let builder = GpuInterface::builder().zeros::<f32>("a", 64).zeros::<f32>("b", 64).uniform("n", 1000);
    open(builder.loop_limit(NonZeroU32::new(limit).unwrap()))
}

fn kernel(gpu: &GpuInterface, text: &str) -> Kernel {
    block_on(gpu.create_kernel(text)).unwrap()
}

const ADD_ONE: &str = "inputs => { inputs.buffers.a[inputs.threadId.x] += 1; }";
/// Its loop begins in the second line.
const ENDLESS: &str = "inputs => { let x = inputs.threadId.x;\n  while (x < 1e6) { x *= 0.5; }\n  inputs.buffers.b[inputs.threadId.x] = x; }";

#[track_caller]
fn assert_stopped<T: std::fmt::Debug>(result: Result<T, Error>, line: u32) {
    match result.expect_err("a run was stopped") {
        Error::Runtime(RuntimeError::LoopLimit { line: told, limit: 5000, .. }) => assert_eq!(told, line),
        other => panic!("{other}"),
    }
}

#[test]
fn a_loop_without_end_is_told_to_who_waits_behind_it_and_everything_else_goes_on() {
    let gpu = interface(5000);
    let (add_one, endless) = (kernel(&gpu, ADD_ONE), kernel(&gpu, ENDLESS));
    add_one.run(64).unwrap();
    let before = (gpu.read_buffer::<f32>("a"), gpu.on_submitted_work_done());
    endless.run(64).unwrap();
    add_one.run(64).unwrap();
    let behind = (gpu.read_buffer::<f32>("a"), gpu.on_submitted_work_done(), gpu.read_buffer::<f32>("b"));
    assert_eq!(block_on(before.0).unwrap(), [1.0; 64]);
    block_on(before.1).unwrap();
    assert_stopped(block_on(behind.0), 2);
    assert_stopped(block_on(behind.1), 2);
    assert_stopped(block_on(behind.2), 2);
    // Told: what is asked for now is as ever, and the run behind it was not lost.
    assert_eq!(block_on(gpu.read_buffer::<f32>("a")).unwrap(), [2.0; 64]);
    add_one.run(64).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<f32>("a")).unwrap(), [3.0; 64]);
    for _ in 0..3 {
        endless.run(64).unwrap();
        assert_stopped(block_on(gpu.on_submitted_work_done()), 2);
        block_on(gpu.on_submitted_work_done()).unwrap();
    }
}

#[test]
fn who_asks_later_is_told_of_a_run_that_nobody_waited_for() {
    let gpu = interface(5000);
    kernel(&gpu, ENDLESS).run([64, 100]).unwrap();
    drop(gpu.read_buffer::<f32>("b"));
    std::thread::sleep(Duration::from_millis(300));
    assert_stopped(block_on(gpu.read_buffer::<f32>("a")), 2);
    block_on(gpu.read_buffer::<f32>("a")).unwrap();
}

#[test]
fn the_error_names_the_kernel_the_line_and_what_to_do() {
    let gpu = interface(5000);
    let named = kernel(&gpu, "inputs => {\n\n  for (;;) { inputs.buffers.a[0] += 1; }\n}");
    named.set_name("steps");
    named.run(1).unwrap();
    assert_eq!(
        block_on(gpu.on_submitted_work_done()).unwrap_err().to_string(),
        "steps was stopped: the loop in line 3 of it had not ended when an invocation had made 5000 rounds; give it a condition under \
         which it ends, or allow more by the option loopLimit"
    );
}

#[test]
fn loops_that_end_in_time_compute_what_they_should() {
    let gpu = interface(5000);
    // 64 threads, in each 4 × 1000 rounds of loops that are not known to end, nested and by a function.
    let text = "inputs => {
        function count(n = types.number) { let k = 0.5; while (k < n) { k += 1; } return k; }
        let sum = 0, i = 0.5;
        while (i < 4) { sum += count(998); i += 1; }
        inputs.buffers.a[inputs.threadId.x] = sum; }";
    kernel(&gpu, text).run(64).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<f32>("a")).unwrap(), [4.0 * 998.5; 64]);
    // All rounds of an invocation count together.
    kernel(&gpu, &text.replace("i < 4", "i < 6")).run(64).unwrap();
    let error = block_on(gpu.read_buffer::<f32>("a")).unwrap_err();
    assert!(matches!(error, Error::Runtime(RuntimeError::LoopLimit { limit: 5000, .. })), "{error}");
    // Those that are known to end do not count.
    let text = "inputs => { let sum = 0; for (let i = 0; i < 20 * inputs.uniforms.n; i++) { sum += 1; } inputs.buffers.a[inputs.threadId.x] = sum; }";
    kernel(&gpu, text).run(64).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<f32>("a")).unwrap(), [20_000.0; 64]);
}

#[test]
fn as_many_rounds_as_are_allowed_are_allowed() {
    let gpu = interface(5000);
    let rounds = |rounds: u32| {
        let text = format!(
            "inputs => {{ let k = 0; while (k !== {rounds}) {{ k++; }} inputs.buffers.a[inputs.threadId.x] = k; }}"
        );
        kernel(&gpu, &text).run(64).unwrap();
        block_on(gpu.read_buffer::<f32>("a"))
    };
    assert_eq!(rounds(5000).unwrap(), [5000.0; 64]);
    assert_stopped(rounds(5001), 1);
}

#[test]
fn many_threads_that_loop_without_end_end_soon() {
    let gpu = interface(60_000);
    let begun = Instant::now();
    kernel(&gpu, ENDLESS).run([1000, 1000]).unwrap();
    block_on(gpu.on_submitted_work_done()).unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// How long it takes that nothing runs any more once the interface is destroyed in the middle of a run.
fn time_to_end(text: &str, extents: [u32; 3]) -> Duration {
    let builder = GpuInterface::builder().zeros::<f32>("a", 64).uniform("n", 2_000_000_000);
    let gpu = open(builder.loop_limit(NonZeroU32::MAX).backend(Backend::Cpu));
    kernel(&gpu, text).run(extents).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    let begun = Instant::now();
    // Waits for what was submitted.
    drop(gpu);
    begun.elapsed()
}

#[test]
fn every_loop_of_the_cpu_backend_stops_within_a_tenth_of_a_second() {
    let functions =
        "function once(x = types.number) { for (let j = 0; j < 1000; j++) x = (x * 5 + j) | 0; return x; }
        function twice(x = types.number) { for (let j = 0; j < 1000; j++) x = once(x); return x; }";
    let store = "inputs.buffers.a[inputs.threadId.x] = x;";
    for (body, extents) in [
        ("for (let i = 0; i < inputs.uniforms.n; i++) { x = (x * 5 + i) | 0; }", [8, 1, 1]),
        ("for (let i = 0; i < inputs.uniforms.n; i++) { x = (x * 5 + i) | 0; }", [64, 64, 1]),
        ("for (let i = inputs.threadId.x; i < inputs.uniforms.n; i++) { x = (x * 5 + i) | 0; }", [64, 1, 1]),
        ("for (let i = 2000000000; i > 0; i--) { x += Math.pow(Math.sin(x + i), 3.5); }", [8, 1, 1]),
        ("let i = 0; do { i++; x = (x * 5 + i) | 0; } while (i < inputs.uniforms.n);", [8, 1, 1]),
        (
            "for (let i = 0; i < 50000; i++) for (let j = 0; j < 1000; j++) for (let k = 0; k < 1000; k++) { x = (x * 5 + k) | 0; }",
            [8, 1, 1],
        ),
        ("while (x !== -1) { x = (x * 5 + 1) & 255; }", [8, 1, 1]),
        ("for (let i = 0; i < inputs.uniforms.n; i++) { x = twice(x); }", [8, 1, 1]),
    ] {
        let text = format!("inputs => {{ {functions} let x = 0; {body} {store} }}");
        let took = time_to_end(&text, extents);
        assert!(took < Duration::from_millis(100), "{took:?}: {body}");
    }
}
