//! Marks of indices are true: kernels around the edges of the proofs run on the interpreter, which stops where a marked index is out
//! of range. Runs are as large as the marks are for, one larger, and smaller.

use artifact::{
    Bound, BufferDescription, Conditions, ElementType, Factor, Interface, Term, UniformDescription,
    UniformType,
};
use compiler::pipeline::{middle_end, wgsl_ir};
use interpreter::{Memory, Run, Stopped};
use proptest::prelude::*;

/// The dimensions of `grid`; `data` has as many elements as `grid` has rows.
const SIZE: [u32; 2] = [7, 5];
/// What the uniform is set to.
const UNIFORMS: &[f64] = &[5.0, 6.5, -3.0, 7.0, 16_777_217.0];

/// An interface whose uniform is taken to be an integer or not.
fn interface(integral: bool) -> Interface {
    let buffer = |name: &str, size: &[u32]| BufferDescription {
        name: name.into(),
        element: ElementType::Number,
        size: size.to_vec(),
    };
    Interface {
        buffers: vec![buffer("data", &SIZE[..1]), buffer("grid", &SIZE)],
        uniforms: vec![UniformDescription { name: "n".into(), ty: UniformType::Number, integral }],
        ..Interface::default()
    }
}

/// An integer that an index may be made of: a thread id, a variable, or a literal near an edge.
fn term() -> impl Strategy<Value = String> {
    const NAMES: &[&str] =
        &["x", "y", "i", "j", "m", "id.x", "inputs.threadId.y", "dim(inputs.buffers.data)"];
    const EDGES: &[&str] = &["0", "1", "4", "5", "6", "7", "8", "-1", "2147483647", "-2147483648"];
    prop_oneof![4 => prop::sample::select(NAMES), 2 => prop::sample::select(EDGES)].prop_map(str::to_owned)
}

fn index() -> impl Strategy<Value = String> {
    const SHAPES: &[&str] = &[
        "A",
        "A",
        "A",
        "A - 1",
        "A + 1",
        "A - B",
        "A + B",
        "6 - A",
        "A * 2",
        "A * B",
        "A % 7",
        "A & 3",
        "A >> 1",
        "-A",
        "Math.min(A, B)",
        "Math.max(A, 0)",
        "Math.abs(A)",
        "Math.floor(A / 2)",
        "Math.imul(A, B)",
        "(A > B ? A : B)",
        "A * 65536 * 65536",
        "A + 2147483647",
        "inputs.uniforms.n",
        "A + 0.5",
        "Math.floor(inputs.buffers.data[A])",
    ];
    (prop::sample::select(SHAPES), term(), term())
        .prop_map(|(shape, a, b)| shape.replace('A', &a).replace('B', &b))
}

fn condition() -> impl Strategy<Value = String> {
    let ops = prop::sample::select(vec!["<", "<=", ">", ">=", "===", "!=="]);
    let compared = (index(), ops, term()).prop_map(|(a, op, b)| format!("{a} {op} {b}")).boxed();
    const JOINED: &[&str] = &["C", "C", "C", "!(C)", "C && D", "C || D", "!(C && D)", "!(C || D)"];
    (prop::sample::select(JOINED), compared.clone(), compared)
        .prop_map(|(shape, c, d)| shape.replace('C', &c).replace('D', &d))
}

fn statement() -> impl Strategy<Value = String> {
    const ACCESS: &[&str] = &[
        "s += inputs.buffers.data[A];",
        "s += inputs.buffers.grid[A][B];",
        "inputs.buffers.data[A] = s;",
        "inputs.buffers.grid[A][B] = 1;",
    ];
    const CHANGE: &[&str] =
        &["i = A;", "j = A;", "i++;", "j--;", "i += 2;", "{ const m = A; s += inputs.buffers.data[m]; }"];
    let access = (prop::sample::select(ACCESS), index(), index())
        .prop_map(|(shape, a, b)| shape.replace('A', &a).replace('B', &b));
    let change = (prop::sample::select(CHANGE), index()).prop_map(|(shape, a)| shape.replace('A', &a));
    let simple = prop_oneof![3 => access, 1 => change];
    simple.prop_recursive(3, 12, 4, |inner| {
        let body = prop::collection::vec(inner, 1..4).prop_map(|parts| parts.join(" "));
        const SHAPES: &[&str] = &[
            "if (C) { P }",
            "if (C) { P } else { Q }",
            "if (C) return; P",
            "if (C) { P return; } Q",
            "for (let k = 0; k < A; k++) { const i = k; P }",
            "for (let k = A; k < 7; k += 2) { const j = k; P }",
            "for (let k = 6; k >= 0; k--) { const i = k; P if (C) continue; Q }",
            "for (i = 0; i < 7; i++) { P if (C) break; }",
            "while (i < A) { P i++; Q }",
            "do { P j++; } while (j < 5);",
            "if (C) { i = A; } else { return; } P",
            "if (C) { return; } else { P } Q",
            "for (let t = 0; t < 1; t += 0.25) { i++; P }",
            "for (let k = 0; (j++, k < 5); k++) { P } Q",
            "let t = 6.9999999999; if (C) t = 0.5; s += inputs.buffers.data[t]; P",
            "switch (i) { case 1: P break; case 5: Q }",
        ];
        (prop::sample::select(SHAPES), condition(), index(), body.clone(), body).prop_map(
            |(shape, c, a, p, q)| {
                // Bodies last, as they may hold the other letters.
                shape.replace('C', &c).replace('A', &a).replace('P', &p).replace('Q', &q)
            },
        )
    })
}

/// Runs the kernel over these extents; what is wrong with its marks, if anything is.
fn check(text: &str) -> Result<usize, String> {
    [false, true].into_iter().map(|integral| check_with(text, integral)).sum()
}

fn check_with(text: &str, integral: bool) -> Result<usize, String> {
    let interface = interface(integral);
    // What mistakes the generator makes is no matter.
    let Ok(variants) = middle_end(text, &interface) else { return Ok(0) };
    let kernel = wgsl_ir(variants.common, &interface).map_err(|broken| format!("{broken:?}"))?;
    let general = variants.general.map(|kernel| wgsl_ir(kernel, &interface)).transpose();
    let general = general.map_err(|broken| format!("{broken:?}"))?;
    let [rows, columns] = SIZE;
    let sizes =
        [[rows, columns, 1], [columns, rows, 1], [rows, rows, 1], [rows + 1, columns + 1, 1], [2, 3, 1]];
    for (n, extents) in UNIFORMS.iter().flat_map(|&n| sizes.map(|extents| (n, extents))) {
        let mut memory = Memory::new(&interface);
        memory.fill(&interface, 0, &[3.0, -1.0, 6.0, 7.0, f64::NAN, 4e9, 0.5]);
        let uniforms = [vec![n]];
        let common = Run {
            kernel: &kernel,
            interface: &interface,
            uniforms: &uniforms,
            extents,
            in_range: &variants.in_range,
            key: [0; 2],
            fuel: 20_000,
        };
        let run = match &general {
            Some(kernel) if !common.meets(&variants.conditions) => Run { kernel, in_range: &[], ..common },
            _ => common,
        };
        match interpreter::run(&run, &mut memory) {
            Ok(_) | Err(Stopped::OutOfFuel) => {}
            Err(Stopped::Broken(rule)) => {
                return Err(format!("over {extents:?} with n = {n}: {rule}\n{text}"));
            }
        }
    }
    let printed = compiler::ir::print(&kernel, Some(&interface));
    Ok(printed.matches("known ").count() + printed.matches("inside ").count())
}

fn kernel(body: &str) -> String {
    format!(
        "inputs => {{ const id = inputs.threadId, x = id.x, y = id.y, m = x + y; let i = x, j = 0, s = 0; {body} \
         if (s !== 0) inputs.buffers.grid[0][0] = s + i + j; }}"
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mark_is_wrong(body in prop::collection::vec(statement(), 1..5)) {
        let text = kernel(&body.join(" "));
        if let Err(wrong) = check(&text) {
            prop_assert!(false, "{wrong}");
        }
    }
}

#[test]
fn the_kernels_have_marks_to_judge() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(statement(), 1..5);
    let marks: Vec<usize> = (0..300)
        .map(|_| kernel(&strategy.new_tree(&mut runner).expect("a body").current().join(" ")))
        .map(|text| check(&text).unwrap_or_else(|wrong| panic!("{wrong}")))
        .collect();
    assert!(marks.iter().filter(|&&marks| marks > 0).count() > 100, "{marks:?}");
}

#[test]
fn a_wrong_mark_is_found() {
    use compiler::ir::{Expression, ExpressionKind, Known, Place, StatementKind};
    let interface = interface(false);
    let text = "inputs => { inputs.buffers.data[inputs.threadId.x + 1] = 1; }";
    let mut kernel = middle_end(text, &interface).expect("a correct kernel").common;
    let statement = kernel.entry.body.0.last_mut().expect("a statement");
    let StatementKind::Assign { place: Place::Buffer { index, .. }, .. } = &mut statement.kind else {
        panic!("{statement:?} stores")
    };
    let (ty, span) = (index[0].ty, index[0].span);
    let ExpressionKind::InRange { index: inner, .. } = &index[0].kind else { panic!("{index:?} is marked") };
    let marked = ExpressionKind::InRange { index: inner.clone(), known: Known::Conditionally(0) };
    index[0] = Expression::new(marked, ty, span);
    let judged = |extent, limit| {
        let terms = vec![Term { coefficient: 1, factors: vec![Factor::Extent(0)] }];
        let in_range = [Conditions { bounds: vec![Bound { terms, limit }], ..Conditions::default() }];
        let run = Run {
            kernel: &kernel,
            interface: &interface,
            uniforms: &[],
            extents: [extent, 1, 1],
            in_range: &in_range,
            key: [0; 2],
            fuel: 1000,
        };
        interpreter::run(&run, &mut Memory::new(&interface))
    };
    assert!(judged(6, 7).is_ok());
    assert!(matches!(judged(7, 7), Err(Stopped::Broken(_))));
    assert!(judged(7, 6).is_ok(), "the mark is not for this run");
}
