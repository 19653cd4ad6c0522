//! Kernels whose results are worked out by hand.

use artifact::{BufferDescription, CanvasSize, ElementType, Interface, UniformDescription, UniformType};
use compiler::ir::BinaryOp;
use compiler::pipeline::middle_end;

use crate::{Memory, Run, Stopped, Value, Word, builtins, operators, run, value};

fn buffer(name: &str, element: ElementType, size: &[u32]) -> BufferDescription {
    BufferDescription { name: name.to_owned(), element, size: size.to_vec() }
}

fn uniform(name: &str, ty: UniformType) -> UniformDescription {
    UniformDescription { name: name.to_owned(), ty, integral: false }
}

fn interface() -> Interface {
    Interface {
        buffers: vec![
            buffer("out", ElementType::Number, &[4]),
            buffer("grid", ElementType::Vec2, &[2, 3]),
            buffer("points", ElementType::Vec3, &[2]),
        ],
        uniforms: vec![uniform("on", UniformType::Boolean), uniform("center", UniformType::Vec2)],
        canvas: Some(CanvasSize { width: 2, height: 2 }),
        ..Interface::default()
    }
}

/// Runs `body` on so many threads: `out` holds 10, 20, 30, 40, everything else counts up from 0.
fn run_on(threads: [u32; 3], body: &str, fuel: u64) -> Result<Memory, Stopped> {
    let interface = interface();
    let kernel = middle_end(&format!("inputs => {{ {body} }}"), &interface).expect("the kernel compiles");
    let mut memory = Memory::new(&interface);
    memory.fill(&interface, 0, &[10.0, 20.0, 30.0, 40.0]);
    for buffer in 1..memory.buffers.len() {
        memory.fill(&interface, buffer, &(0..16).map(f64::from).collect::<Vec<_>>());
    }
    let uniforms = [vec![1.0], vec![0.5, -3.0]];
    let (extents, key) = (threads, [1, 2]);
    let run = Run {
        kernel: &kernel.common,
        interface: &interface,
        uniforms: &uniforms,
        extents,
        in_range: &[],
        key,
        fuel,
    };
    crate::run(&run, &mut memory)?;
    Ok(memory)
}

/// What `out` holds after one thread has run `body`.
#[track_caller]
fn check(body: &str, expected: [f64; 4]) {
    let memory = run_on([1, 1, 1], body, 10_000).expect("the kernel ends");
    assert_eq!(numbers(&memory, 0), expected, "{body}");
}

fn numbers(memory: &Memory, buffer: usize) -> Vec<f64> {
    memory.numbers(&interface(), buffer)
}

#[test]
fn every_thread_runs_once() {
    let body =
        "const t = inputs.threadId; inputs.buffers.out[t.x + 2 * t.z] += t.x + 10 * t.y + 100 * t.z + 1;";
    let memory = run_on([2, 1, 2], body, 100).expect("the kernel ends");
    assert_eq!(numbers(&memory, 0), [11.0, 22.0, 131.0, 142.0]);
}

#[test]
fn accesses_out_of_range_do_nothing() {
    check(
        "inputs.buffers.out[0] = inputs.buffers.out[-0.5] + inputs.buffers.out[4]; inputs.buffers.out[1.9] = 5;
         inputs.buffers.out[-1] = 7; inputs.buffers.out[0 / 0] = 7;",
        [0.0, 5.0, 30.0, 40.0],
    );
    // Index by index, not as a whole: [0][3] is not [1][0].
    check(
        "const e = inputs.buffers.grid[0][3]; inputs.buffers.out[0] = e.x;
         const f = inputs.buffers.grid[1][0]; inputs.buffers.out[1] = f.y;",
        [0.0, 7.0, 30.0, 40.0],
    );
}

#[test]
fn vectors_in_buffers_keep_their_padding() {
    let memory = run_on(
        [1, 1, 1],
        "inputs.buffers.points[0] = inputs.buffers.points[1].times(2); inputs.buffers.points[1].y = -1;
         inputs.buffers.grid[1][2].x = 8;",
        100,
    )
    .expect("the kernel ends");
    assert_eq!(numbers(&memory, 2), [8.0, 10.0, 12.0, 0.0, 4.0, -1.0, 6.0, 7.0]);
    assert_eq!(numbers(&memory, 1)[10..], [8.0, 11.0]);
}

#[test]
fn values_are_copied() {
    check(
        "function change(v = types.vec2) { v.x = 9; return v.x; }
         let a = vec2(1, 2); let b = a; b.y = 5; const c = change(a);
         let d = array([1, 2]); let e = d; e[1] = 7;
         inputs.buffers.out[0] = a.x; inputs.buffers.out[1] = a.y; inputs.buffers.out[2] = c;
         inputs.buffers.out[3] = d[1];",
        [1.0, 2.0, 9.0, 2.0],
    );
}

#[test]
fn arrays_are_guarded() {
    check(
        "let a = array([vec2(1, 2), vec2(3, 4)]); a[2] = vec2(9, 9); a[-1].x = 9; a[1].y = 6;
         for (let i = 0; i < 4; i++) inputs.buffers.out[i] = a[i - 1].x + a[i - 1].y;",
        [0.0, 3.0, 9.0, 0.0],
    );
}

#[test]
fn loops_test_first_or_last() {
    check(
        "let n = 0; for (let i = 0; i < 10; i++) { if (i === 2) continue; if (i === 5) break; n += i; }
         inputs.buffers.out[0] = n;
         let m = 0; do { m++; if (m < 3) continue; m += 10; } while (m < 5);
         inputs.buffers.out[1] = m;
         let k = 7; while (k > 100) k = 0; inputs.buffers.out[2] = k;
         outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j === 1) continue outer; k += 1; if (i === 1) break outer; } }
         inputs.buffers.out[3] = k;",
        [8.0, 13.0, 7.0, 9.0],
    );
}

#[test]
fn switches_fall_through() {
    check(
        "for (let i = 0; i < 4; i++) { let n = 0;
           switch (i) { case 0: n += 1; default: n += 10; break; case 2: n += 100; case 3: n += 1000; }
           inputs.buffers.out[i] = n; }",
        [11.0, 10.0, 1100.0, 1000.0],
    );
}

#[test]
fn functions_return_early_and_have_effects() {
    check(
        "function count() { inputs.buffers.out[3] += 1; return inputs.buffers.out[3]; }
         function find(n = types.number) { for (let i = 0; i < 9; i++) { if (i * i >= n) return i; } return -1; }
         inputs.buffers.out[0] = find(10); inputs.buffers.out[1] = find(100);
         inputs.buffers.out[2] = count() * 100 + count();",
        [4.0, -1.0, 4142.0, 42.0],
    );
}

#[test]
fn only_the_selected_operand_is_evaluated() {
    check(
        "function set() { inputs.buffers.out[3] += 1; return true; }
         const a = false && set(); const b = true || set(); const c = inputs.uniforms.on ? 1 : set() ? 2 : 3;
         inputs.buffers.out[0] = a ? 1 : 0; inputs.buffers.out[1] = b ? 1 : 0; inputs.buffers.out[2] = c;",
        [0.0, 1.0, 1.0, 40.0],
    );
}

#[test]
fn pixels_are_rounded_down_and_clamped() {
    let body = "inputs.canvas.setPixel(0.9, 1, 300, -1, 1.9); inputs.canvas.setPixel(1, 0, 0 / 0, 255, 16);
                inputs.canvas.setPixel(2, 0, 9, 9, 9); inputs.canvas.setPixel(-0.1, 0, 9, 9, 9);";
    let memory = run_on([1, 1, 1], body, 100).expect("the kernel ends");
    assert_eq!(memory.pixels, [0, 0x0010_ff00, 0x0001_00ff, 0]);
}

#[test]
fn random_numbers_are_those_of_the_thread() {
    let body = "const i = inputs.threadId.x + 2 * inputs.threadId.y;
                const first = Math.random(); inputs.buffers.out[i] = Math.random();";
    let memory = run_on([2, 2, 1], body, 100).expect("the kernel ends");
    let expected: Vec<f64> = (0..4).map(|id| f64::from(artifact::random(id, 1, [1, 2]))).collect();
    assert_eq!(numbers(&memory, 0), expected);
}

#[test]
fn uniforms_are_read() {
    check(
        "inputs.buffers.out[0] = inputs.uniforms.center.y; inputs.buffers.out[1] = inputs.uniforms.center.x;",
        [-3.0, 0.5, 30.0, 40.0],
    );
}

#[test]
fn endless_loops_use_up_the_fuel() {
    let stopped = run_on([1, 1, 1], "let n = 0; while (n >= 0) { n = 1 - n; }", 1000);
    assert_eq!(stopped, Err(Stopped::OutOfFuel));
    let empty = run_on([1, 1, 1], "for (;;) {}", 1000);
    assert_eq!(empty, Err(Stopped::OutOfFuel));
}

#[test]
fn floats_become_integers() {
    let floor = |float: f32| Word::F32(float).convert(compiler::ir::Scalar::I32);
    assert_eq!(floor(-0.5), Ok(Word::I32(-1)));
    assert_eq!(floor(2_147_483_520.0), Ok(Word::I32(2_147_483_520)));
    for too_large in [2_147_483_648.0, -3e9, f32::NAN, f32::INFINITY] {
        assert_eq!(floor(too_large), Ok(Word::I32(i32::MIN)));
    }
    let pairs = [(-1.9, -1), (4_294_967_296.0, 0), (6_442_450_944.0, i32::MIN), (f32::NAN, 0), (1e30, 0)];
    for (float, integer) in pairs {
        assert_eq!(value::to_int32(f64::from(float)), integer);
    }
    assert_eq!(value::to_int32(-2_147_484_160.0), 2_147_483_136);
}

fn integers(op: BinaryOp, left: i32, right: i32) -> Result<Value, Stopped> {
    let [left, right] = [left, right].map(|integer| Value::Scalar(Word::I32(integer)));
    operators::binary(op, &left, &right)
}

#[test]
fn integers_divide_and_wrap() {
    use BinaryOp as B;
    let cases = [
        (B::FloorDivide, -7, 2, -4),
        (B::FloorDivide, 7, -2, -4),
        (B::FloorDivide, -8, -2, 4),
        (B::TruncateDivide, -7, 2, -3),
        (B::Remainder, -7, 3, -1),
        (B::Remainder, i32::MIN, -1, 0),
        (B::Add, i32::MAX, 1, i32::MIN),
        (B::Remainder, 7, 0, 0),
        (B::TruncateDivide, 7, 0, 0),
        (B::ShiftLeft, 1, 33, 2),
        (B::ShiftRight, -8, -31, -4),
    ];
    for (op, left, right, expected) in cases {
        assert_eq!(
            integers(op, left, right),
            Ok(Value::Scalar(Word::I32(expected))),
            "{left} {op:?} {right}"
        );
    }
    assert_eq!(integers(B::ShiftRightUnsigned, -1, 28), Ok(Value::Scalar(Word::U32(15))));
    assert!(matches!(integers(B::FloorDivide, 1, 0), Err(Stopped::Broken(_))));
}

#[test]
fn nan_compares_false() {
    use BinaryOp as B;
    let compare = |op| operators::binary(op, &Value::number(f32::NAN), &Value::number(1.0));
    for op in [B::Equal, B::Less, B::LessEqual, B::Greater, B::GreaterEqual] {
        assert_eq!(compare(op), Ok(Value::boolean(false)), "{op:?}");
    }
    assert_eq!(compare(B::NotEqual), Ok(Value::boolean(true)));
    let vectors = |x| operators::binary(B::NotEqual, &Value::vector(&[1.0, x]), &Value::vector(&[1.0, 2.0]));
    assert_eq!(vectors(3.0), Ok(Value::boolean(true)));
    assert_eq!(vectors(2.0), Ok(Value::boolean(false)));
}

#[test]
fn builtins_follow_javascript() {
    use compiler::ir::Builtin as B;
    let one = |builtin, x| builtins::builtin(builtin, &[Value::number(x)]);
    let two = |builtin, x, y| builtins::builtin(builtin, &[Value::number(x), Value::number(y)]);
    for (x, expected) in
        [(2.5, 3.0), (-2.5, -2.0), (0.499_999_97, 0.0), (-0.5, -0.0), (8_388_609.0, 8_388_609.0)]
    {
        assert_eq!(one(B::Round, x), Ok(Value::number(expected)));
    }
    assert_eq!(two(B::Max, f32::NEG_INFINITY, 1.0), Ok(Value::number(1.0)));
    let nan = |result: Result<Value, Stopped>| {
        result.and_then(|value| value.scalar()?.number()).expect("a float").is_nan()
    };
    assert!(
        nan(two(B::Max, f32::NAN, 1.0)) && nan(two(B::Pow, 1.0, f32::INFINITY)) && nan(one(B::Sqrt, -1.0))
    );
    assert_eq!(two(B::Pow, -2.0, 3.0), Ok(Value::number(-8.0)));
    let complex =
        |builtin| builtins::builtin(builtin, &[Value::vector(&[1.0, 2.0]), Value::vector(&[3.0, 4.0])]);
    assert_eq!(complex(B::ComplexTimes), Ok(Value::vector(&[-5.0, 10.0])));
    assert_eq!(complex(B::ComplexDivide), Ok(Value::vector(&[0.44, 0.08])));
    assert_eq!(complex(B::Dot), Ok(Value::number(11.0)));
    let cross =
        builtins::builtin(B::Cross, &[Value::vector(&[1.0, 2.0, 3.0]), Value::vector(&[4.0, 5.0, 6.0])]);
    assert_eq!(cross, Ok(Value::vector(&[-3.0, 6.0, -3.0])));
}

#[test]
fn a_run_of_the_kernel_for_large_runs_gives_the_same() {
    let interface = interface();
    let text = "inputs => { inputs.buffers.out[inputs.threadId.x] = inputs.threadId.x * 7919 % 1000; }";
    let kernel = middle_end(text, &interface).expect("the kernel compiles");
    let general = kernel.general.expect("the product is large for large runs");
    let results = [&kernel.common, &general].map(|kernel| {
        let mut memory = Memory::new(&interface);
        let (extents, key, fuel) = ([4, 1, 1], [0, 0], 100);
        run(
            &Run { kernel, interface: &interface, uniforms: &[], extents, in_range: &[], key, fuel },
            &mut memory,
        )
        .expect("it ends");
        memory.numbers(&interface, 0)
    });
    assert_eq!(results, [[0.0, 919.0, 838.0, 757.0], [0.0, 919.0, 838.0, 757.0]]);
}
