//! What kernels tell by `console.log`: on the device at hand.

use std::sync::{Arc, Mutex};

use hpc::{Builder, Error, GpuInterface};
use pollster::block_on;

type Lines = Arc<Mutex<Vec<String>>>;

fn listening(builder: Builder) -> (GpuInterface, Lines) {
    let lines = Lines::default();
    let kept = lines.clone();
    let builder = builder.on_log(move |line| kept.lock().unwrap().push(line.to_owned()));
    (block_on(builder.build().unwrap().initialize()).unwrap(), lines)
}

fn kernel(gpu: &GpuInterface, body: &str) -> hpc::Kernel {
    block_on(gpu.create_kernel(&format!("inputs => {{\n{body}\n}}"))).unwrap()
}

/// What has been told, once all is done.
fn told(gpu: &GpuInterface, lines: &Lines) -> Vec<String> {
    block_on(gpu.on_submitted_work_done()).unwrap();
    std::mem::take(&mut lines.lock().unwrap())
}

fn told_by(builder: Builder, body: &str, extents: [u32; 3]) -> Vec<String> {
    let (gpu, lines) = listening(builder);
    kernel(&gpu, body).run(extents).unwrap();
    told(&gpu, &lines)
}

fn is_noop() -> bool {
    std::env::var("HPC_BACKEND").is_ok_and(|backend| backend == "noop")
}

#[test]
fn calls_come_in_the_order_of_threads_and_each_in_its_own() {
    let body = "const id = inputs.threadId;\nfor (let i = 0; i < 2; i++) console.log('at', id.x, id.y, i);";
    let lines = told_by(GpuInterface::builder(), body, [3, 2, 1]);
    let expected: Vec<String> = (0..3)
        .flat_map(|x| {
            (0..2)
                .flat_map(move |y| (0..2).map(move |i| format!("thread {x}, {y}, 0, line 3: at {x} {y} {i}")))
        })
        .collect();
    if !is_noop() {
        assert_eq!(lines, expected);
    }
}

#[test]
fn every_type_of_value_is_told() {
    let builder = GpuInterface::builder()
        .buffer("d", 3, [0.1, 1e300, -0.0])
        .buffer("f", 1, [0.1_f32])
        .uniform("big", 9_007_199_254_740_991.0);
    let body = "const { d, f } = inputs.buffers;
        console.log(inputs.threadId.x - 1, 0x80000000 + inputs.threadId.x, f[0], d[0], d[1], d[2], inputs.uniforms.big);
        console.log(inputs.threadId.x === 0, !true, vec2(0.5, 2), vec3i(1, -2, 3));
        console.log('nothing else');
        console.log();";
    let lines = told_by(builder, body, [1, 1, 1]);
    if !is_noop() {
        let texts = [
            "line 3: -1 2147483648 0.1 0.1 1e+300 -0 9007199254740991",
            "line 4: true false vec2(0.5, 2) vec3i(1, -2, 3)",
            "line 5: nothing else",
            "line 6:",
        ];
        assert_eq!(lines, texts.map(|text| format!("thread 0, 0, 0, {text}")));
    }
}

#[test]
fn no_more_than_the_limit_are_told_and_the_others_counted() {
    let body = "console.log(inputs.threadId.x);";
    let lines = told_by(GpuInterface::builder().log_limit(3), body, [1000, 1, 1]);
    assert!(told_by(GpuInterface::builder().log_limit(0), body, [1000, 1, 1]).is_empty());
    if !is_noop() {
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert_eq!(lines[3], "997 more calls of console.log: logLimit says how many a run tells");
        assert_eq!(told_by(GpuInterface::builder(), body, [64, 1, 1]).len(), 64);
        assert_eq!(told_by(GpuInterface::builder().log_limit(1000), body, [1000, 1, 1]).len(), 1000);
    }
    let refused = GpuInterface::builder().log_limit(100_000).build().unwrap_err();
    assert!(refused.to_string().contains("set logLimit to less"), "{refused}");
}

#[test]
fn each_run_tells_anew_and_so_does_each_of_a_list() {
    let (gpu, lines) = listening(GpuInterface::builder().uniform("n", 1));
    let kernel = kernel(&gpu, "console.log(inputs.uniforms.n);");
    kernel.run(1).unwrap();
    gpu.set_uniforms([("n", 2)]).unwrap();
    kernel.run(1).unwrap();
    let list = gpu.record(|| kernel.run(2)).unwrap();
    list.replay(2).unwrap();
    let lines: Vec<String> =
        told(&gpu, &lines).iter().filter_map(|line| line.split(": ").nth(1).map(str::to_owned)).collect();
    if !is_noop() {
        assert_eq!(lines, ["1", "2", "2", "2", "2", "2"]);
    }
}

#[test]
fn functions_and_branches_tell_where_they_are() {
    let body = "function half(x = types.number) {\n  console.log('half of', x);\n  return x / 2;\n}
        const id = inputs.threadId.x;
        if (id % 2 === 1) console.log('odd', half(id));
        id > 2 && console.log('large');";
    let lines = told_by(GpuInterface::builder(), body, [4, 1, 1]);
    if !is_noop() {
        let expected = [
            "thread 1, 0, 0, line 3: half of 1",
            "thread 1, 0, 0, line 7: odd 0.5",
            "thread 3, 0, 0, line 3: half of 3",
            "thread 3, 0, 0, line 7: odd 1.5",
            "thread 3, 0, 0, line 8: large",
        ];
        assert_eq!(lines, expected);
    }
}

#[test]
fn a_loop_that_is_stopped_has_told_what_it_told_and_others_hear_of_the_stop() {
    if is_noop() {
        return;
    }
    let limit = std::num::NonZeroU32::new(5000).unwrap();
    let (gpu, lines) = listening(GpuInterface::builder().zeros::<i32>("a", 1).loop_limit(limit));
    let endless = kernel(&gpu, "let i = 1;\nwhile (i > 0) { i = i % 7 + 1; console.log(i); }");
    endless.run(1).unwrap();
    let error = block_on(gpu.on_submitted_work_done()).unwrap_err();
    assert!(matches!(error, Error::Runtime(hpc::RuntimeError::LoopLimit { line: 3, .. })), "{error}");
    let lines = std::mem::take(&mut *lines.lock().unwrap());
    assert_eq!(lines[0], "thread 0, 0, 0, line 3: 2");
    assert_eq!(lines.len(), 65, "{lines:?}");
}

#[test]
fn telling_a_number_does_not_change_it() {
    let (gpu, lines) = listening(GpuInterface::builder().zeros::<f32>("a", 2).buffer("x", 1, [1.1_f32]));
    let body = |log: &str| {
        format!("const y = inputs.buffers.x[0] * 3.3; {log} inputs.buffers.a[inputs.threadId.x] = y * y;")
    };
    kernel(&gpu, &body("")).run(1).unwrap();
    let plain: Vec<f32> = block_on(gpu.read_buffer("a")).unwrap();
    kernel(&gpu, &body("console.log(y);")).run(1).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<f32>("a")).unwrap(), plain);
    assert!(is_noop() || told(&gpu, &lines).len() == 1);
}
