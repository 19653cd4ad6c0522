//! Numbers are JavaScript's: random kernels give the same before and after their numbers are represented.
//!
//! Before, every number is a double, as in JavaScript. After, it is what the middle end chose, which is right if nobody can tell. All that these
//! kernels compute are integers, whatever their size, and quotients that are rounded to integers, so every stored bit has to agree: nothing is
//! excused. The common text is run where its conditions hold, the general one always.

use std::cell::Cell;

use artifact::{BufferDescription, Component, ElementType, Interface, UniformDescription, UniformType};
use compiler::ir::{Block, Kernel, StatementKind};
use compiler::pipeline::{front_end, middle_end};
use interpreter::{Memory, Run, Stopped};
use proptest::prelude::*;

/// How many elements a buffer has.
const LENGTH: u32 = 8;
/// How many numbers kernels note down.
const NOTED: u32 = 64;

/// Integers where representations end, and some in between.
const EDGES: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "5",
    "7",
    "10",
    "31",
    "32",
    "33",
    "255",
    "640",
    "65535",
    "65536",
    "16777215",
    "16777216",
    "16777217",
    "33554433",
    "374761393",
    "1073741824",
    "2147483646",
    "2147483647",
    "2147483648",
    "2147483649",
    "4294967295",
    "4294967296",
    "4294967297",
    "1000000000000",
    "4503599627370497",
    "9007199254740991",
    "9007199254740992",
];

/// Buffers that kernels read and write, beside `out`.
const TYPES: &[ElementType] = &[
    ElementType::Number,
    ElementType::I32,
    ElementType::U32,
    ElementType::I16,
    ElementType::U16,
    ElementType::I8,
    ElementType::U8,
    ElementType::U8Clamped,
    ElementType::F16,
    ElementType::F64,
];

fn name(element: ElementType) -> String {
    format!("of_{}", element.name().replace('-', "_"))
}

fn interface(integral: [bool; 2]) -> Interface {
    let buffer = |name: String, element, length| BufferDescription { name, element, size: vec![length] };
    let uniform = |name: &str, ty, integral| UniformDescription { name: name.into(), ty, integral };
    let typed = TYPES.iter().map(|&element| buffer(name(element), element, LENGTH));
    Interface {
        buffers: std::iter::once(buffer("out".into(), ElementType::F64, NOTED)).chain(typed).collect(),
        uniforms: vec![
            uniform("n", UniformType::Number, integral[0]),
            uniform("m", UniformType::Number, integral[1]),
            uniform("w", UniformType::Numbers(4), integral[0]),
            uniform("k", UniformType::Array(Component::U32, 4), false),
            uniform("d", UniformType::Array(Component::F64, 4), false),
        ],
        ..Interface::default()
    }
}

/// An integer.
fn integer() -> impl Strategy<Value = String> {
    let name =
        prop::sample::select(vec!["x", "y", "a", "b", "c", "i", "j", "n", "m"]).prop_map(str::to_owned);
    let edge = prop::sample::select(EDGES).prop_map(str::to_owned);
    let negative = prop::sample::select(EDGES).prop_map(|edge| format!("(-{edge})"));
    let small = (-9..20_i32).prop_map(|small| format!("({small})"));
    let leaf = prop_oneof![6 => name, 2 => edge, 1 => negative, 3 => small].boxed();
    leaf.prop_recursive(4, 20, 2, |inner| {
        let operators = prop::sample::select(vec![
            "+", "-", "*", "+", "-", "*", "%", "&", "|", "^", "<<", ">>", ">>>",
        ]);
        let comparisons = prop::sample::select(vec!["<", "<=", ">", ">=", "===", "!=="]);
        let one = prop::sample::select(vec![
            "(~A)", "(-A)", "(A | 0)", "(A >>> 0)", "Math.abs(A)", "Math.sign(A)", "Math.floor(A)", "Math.clz32(A)",
            "Math.floor(A / 2)", "Math.floor(A / 10)", "Math.trunc(A / 3)", "((A / 7) | 0)", "Math.ceil(A / 4)",
            "Math.round(A / 2)", "(A ** 2)", "Math.floor(r(A))", "r32(A)", "ru(A)", "r16(A)", "r8(A)", "rc(A)", "rd(A)", "rw(A)",
            "rk(A)", "helper(A)", "Math.trunc(A / 4294967296)", "(A & 65535)", "(A & 7)", "(A % 8)",
        ]);
        let two = prop::sample::select(vec![
            "Math.min(A, B)", "Math.max(A, B)", "Math.imul(A, B)", "Math.floor(A / B)", "Math.trunc(A / B)", "((A / B) | 0)",
            "Math.ceil(A / B)", "((A / B) >>> 0)", "hash(A, B)",
        ]);
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            6 => (pair.clone(), operators).prop_map(|((a, b), op)| format!("({a} {op} {b})")),
            4 => (one, inner.clone()).prop_map(|(shape, a)| shape.replace('A', &a)),
            2 => (two, pair.clone()).prop_map(|(shape, (a, b))| shape.replace('A', &a).replace('B', &b)),
            1 => (pair.clone(), comparisons, pair).prop_map(|((a, b), op, (c, d))| format!("({a} {op} {b} ? {c} : {d})")),
        ]
    })
}

fn condition() -> impl Strategy<Value = String> {
    let comparisons = prop::sample::select(vec!["<", "<=", ">", ">=", "===", "!=="]);
    let compared = (integer(), comparisons, integer()).prop_map(|(a, op, b)| format!("{a} {op} {b}")).boxed();
    let joined = prop::sample::select(vec!["C", "C", "C", "!(C)", "C && D", "C || D"]);
    (joined, compared.clone(), compared).prop_map(|(shape, c, d)| shape.replace('C', &c).replace('D', &d))
}

/// A place that a number can be stored to.
fn stored() -> impl Strategy<Value = String> {
    prop::sample::select(TYPES).prop_map(|element| format!("inputs.buffers.{}[(at++) & 7]", name(element)))
}

fn statement() -> impl Strategy<Value = String> {
    let places = vec!["a", "b", "c", "i", "j"];
    let compound = prop::sample::select(vec!["=", "+=", "-=", "*=", "^=", "|=", ">>>=", "<<=", "%="]);
    let assign = (prop::sample::select(places), compound, integer())
        .prop_map(|(place, op, value)| format!("{place} {op} {value};"));
    let note = integer().prop_map(|value| format!("inputs.buffers.out[at++] = {value};"));
    let store = (stored(), integer()).prop_map(|(place, value)| format!("{place} = {value};"));
    let step = prop::sample::select(vec!["a++;", "b--;", "c += 2;", "i++;"]).prop_map(str::to_owned);
    let simple = prop_oneof![4 => assign, 3 => note, 2 => store, 1 => step].boxed();
    simple.prop_recursive(2, 10, 3, |inner| {
        let body = prop::collection::vec(inner, 1..4).prop_map(|parts| parts.join(" "));
        let shapes = prop::sample::select(vec![
            "if (C) { P }",
            "if (C) { P } else { Q }",
            "for (let i = S, t = 0; t < 4; i++, t++) { P }",
            "for (let i = S; i < S + 5; i++) { P if (fuel++ > 40) break; }",
            "for (let i = S; i >= S - 6; i -= 2) { P if (fuel++ > 40) break; }",
            "for (let p = A; p < B; p += 3) { i = p; P if (fuel++ > 40) break; }",
            "for (let j = 0; j < n; j++) { P if (fuel++ > 40) break; }",
            "for (let j = m; j > -3; j--) { P if (fuel++ > 40) break; }",
            "for (let j = 0; j <= x; j++) { i = j * n + y; P if (fuel++ > 40) break; }",
            "for (let k = rd(S); k < rd(S) + 3; k++) { i = k; P if (fuel++ > 40) break; }",
            "for (let k = r(0); k < r(1); k++) { i = Math.floor(k); P if (fuel++ > 40) break; }",
            "while (a < S) { P a += 1; if (fuel++ > 40) break; }",
            "do { P b = b * 2 + 1; } while (b < S && fuel++ < 40);",
        ]);
        (shapes, condition(), prop::sample::select(EDGES), integer(), integer(), body.clone(), body).prop_map(
            |(shape, c, s, a, b, p, q)| {
                let shape = shape.replace('C', &c).replace('S', s).replace('A', &a).replace('B', &b);
                shape.replace('P', &p).replace('Q', &q)
            },
        )
    })
}

fn kernel(statements: &[String]) -> String {
    format!(
        "inputs => {{
  const read = inputs.buffers;
  function r(t = types.number) {{ return inputs.buffers.of_number[t & 7]; }}
  function r32(t = types.number) {{ return inputs.buffers.of_i32[t & 7]; }}
  function ru(t = types.number) {{ return inputs.buffers.of_u32[t & 7]; }}
  function r16(t = types.number) {{ return inputs.buffers.of_i16[t & 7] + inputs.buffers.of_u16[(t >> 3) & 7]; }}
  function r8(t = types.number) {{ return inputs.buffers.of_i8[t & 7] * inputs.buffers.of_u8[(t >> 3) & 7]; }}
  function rc(t = types.number) {{ return inputs.buffers.of_u8_clamped[t & 7]; }}
  function rd(t = types.number) {{ return Math.floor(inputs.buffers.of_f64[t & 7]); }}
  function rw(t = types.number) {{ return Math.round(inputs.uniforms.w[t & 3]); }}
  function rk(t = types.number) {{ return inputs.uniforms.k[t & 3]; }}
  function helper(t = types.number) {{ return t < 100 ? t * 3 + 1 : t - 7; }}
  function hash(t = types.number, u = types.number) {{ let h = t ^ (u >>> 3); h = Math.imul(h, 0x45d9f3b); return (h ^ (h >>> 16)) >>> 0; }}
  const x = inputs.threadId.x, y = inputs.threadId.y;
  const n = Math.floor(inputs.uniforms.n), m = inputs.uniforms.m;
  let a = x, b = 1, c = 0, i = 3, j = y, at = 0, fuel = 0;
  {}
  inputs.buffers.out[at] = a; inputs.buffers.out[at + 1] = b; inputs.buffers.out[at + 2] = c + i - j;
  inputs.buffers.out[at + 3] = m;
}}",
        statements.join("\n  ")
    )
    .replace("  const read = inputs.buffers;\n", "")
}

/// Values of the uniforms n and m.
const UNIFORMS: &[[f64; 2]] = &[
    [5.0, 7.0],
    [3.5, 6.0],
    [1000.0, -3.0],
    [16_777_217.0, 4_294_967_296.0],
    [0.0, 0.0],
    [-0.0, 9_007_199_254_740_991.0],
];
const EXTENTS: &[[u32; 3]] = &[[2, 2, 1], [1, 1, 1]];

thread_local! {
    /// How many runs were compared, and how many of these by the common text where there is a general one.
    static JUDGED: Cell<[usize; 2]> = const { Cell::new([0; 2]) };
}

fn filled(interface: &Interface) -> Memory {
    let mut memory = Memory::new(interface);
    let numbers = [3.0, -1.0, 16_777_217.0, 2_147_483_648.0, 255.0, -70_000.0, 4_503_599_627_370_497.0, 0.0];
    for (position, element) in TYPES.iter().enumerate() {
        let singles = numbers
            .map(|number| if *element == ElementType::F64 { number } else { f64::from(number as f32) });
        memory.fill(interface, position + 1, &singles);
    }
    memory
}

/// Whether two memories hold the same, NaN aside, and where not.
fn difference(interface: &Interface, expected: &Memory, found: &Memory) -> Option<String> {
    (0..interface.buffers.len()).find_map(|buffer| {
        let [expected, found] = [expected, found].map(|memory| memory.numbers(interface, buffer));
        let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        let place = expected.iter().zip(&found).position(|pair| !same(pair))?;
        let name = &interface.buffers[buffer].name;
        Some(format!("{name}[{place}] is {} instead of {}", found[place], expected[place]))
    })
}

fn check(text: &str, integral: [bool; 2]) -> Result<(), String> {
    let interface = interface(integral);
    let open = front_end(text, &interface).map_err(|wrong| format!("{wrong:?}"))?;
    let variants = middle_end(text, &interface).map_err(|wrong| format!("{wrong:?}"))?;
    for (&[n, m], &extents) in
        UNIFORMS.iter().flat_map(|uniforms| EXTENTS.iter().map(move |extents| (uniforms, extents)))
    {
        let doubles = vec![0.0, 4_294_967_297.0, -1.0, 9_007_199_254_740_991.0];
        let uniforms = [
            vec![n],
            vec![m],
            vec![n, 2.0, -3.0, 4.0],
            vec![0.0, 4_294_967_295.0, 7.0, 2_147_483_648.0],
            doubles,
        ];
        let run = |kernel: &Kernel, in_range| -> Result<Option<Memory>, String> {
            let mut memory = filled(&interface);
            let run = Run {
                kernel,
                interface: &interface,
                uniforms: &uniforms,
                extents,
                in_range,
                key: [0; 2],
                fuel: 50_000,
            };
            match interpreter::run(&run, &mut memory) {
                Ok(_) => Ok(Some(memory)),
                Err(Stopped::OutOfFuel) => Ok(None),
                Err(Stopped::Broken(rule)) => Err(rule),
            }
        };
        let at = format!("n = {n}, m = {m}, over {extents:?}, integral {integral:?}");
        let Some(expected) = run(&open, &[]).map_err(|rule| format!("{at}, open: {rule}\n{text}"))? else {
            continue;
        };
        let meets = Run {
            kernel: &open,
            interface: &interface,
            uniforms: &uniforms,
            extents,
            in_range: &[],
            key: [0; 2],
            fuel: 0,
        }
        .meets(&variants.conditions);
        let common = meets.then_some((&variants.common, "common"));
        let texts = common.into_iter().chain(variants.general.as_ref().map(|kernel| (kernel, "general")));
        for (kernel, which) in texts {
            let in_range: &[_] = if which == "common" { &variants.in_range } else { &[] };
            let found = run(kernel, in_range).map_err(|rule| format!("{at}, {which}: {rule}\n{text}"))?;
            let wrong = match &found {
                Some(found) => difference(&interface, &expected, found),
                None => Some("it does not end".to_owned()),
            };
            if let Some(wrong) = wrong {
                let printed = compiler::ir::print(kernel, Some(&interface));
                return Err(format!("{at}, {which}: {wrong}\n{text}\n{printed}"));
            }
            JUDGED.set([
                JUDGED.get()[0] + 1,
                JUDGED.get()[1] + usize::from(meets && variants.general.is_some()),
            ]);
        }
    }
    Ok(())
}

fn cases() -> u32 {
    std::env::var("HPC_NUMBER_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn integers_are_those_of_javascript(
        body in prop::collection::vec(statement(), 1..6),
        integral in any::<[bool; 2]>(),
    ) {
        let text = kernel(&body);
        if let Err(wrong) = check(&text, integral) {
            prop_assert!(false, "{wrong}");
        }
    }
}

fn has_loop(block: &Block) -> bool {
    block.contains(&|kind| matches!(kind, StatementKind::Loop { .. }))
}

#[test]
fn the_kernels_are_judged() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let strategy = prop::collection::vec(statement(), 1..6);
    JUDGED.set([0; 2]);
    let mut loops = 0;
    for _ in 0..100 {
        let text = kernel(strategy.new_tree(&mut runner).expect("a body").current().as_slice());
        check(&text, [true, true]).unwrap_or_else(|wrong| panic!("{wrong}"));
        loops += usize::from(has_loop(
            &front_end(&text, &interface([true, true])).expect("it compiles").entry.body,
        ));
    }
    let [judged, common] = JUDGED.get();
    println!(
        "{judged} runs were compared, {common} by common texts beside general ones; {loops} of 100 kernels have loops"
    );
    assert!(judged > 600 && common > 100 && loops > 20, "{judged}, {common}, {loops}");
}
