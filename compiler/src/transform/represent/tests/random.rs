//! Random kernels: what the device computes is what JavaScript computes.

use artifact::MAX_EXTENT;
use proptest::prelude::*;

use super::super::represent;
use super::device::Machine;
use super::show;
use crate::analysis::definitions::Definitions;
use crate::analysis::integers::Facts;
use crate::analysis::value::{LARGEST, Value};
use crate::ir::build::*;
use crate::ir::{BinaryOp as B, Builtin, Expression, Kernel, LocalId, UnaryOp};

const NUMBERS: &[f64] = &[
    0.0,
    1.0,
    2.0,
    3.0,
    5.0,
    7.0,
    10.0,
    31.0,
    32.0,
    255.0,
    640.0,
    16_777_216.0,
    16_777_217.0,
    33_554_433.0,
    374_761_393.0,
    2_147_483_646.0,
    LARGEST,
    2_147_483_648.0,
    4_294_967_295.0,
    4_294_967_296.0,
    1e12,
];
const THREADS: &[f64] = &[0.0, 1.0, 2.0, 63.0, 1000.0, 16_777_217.0, 33_554_431.0, 2_147_483_646.0];
const UNIFORMS: &[f64] = &[
    0.0,
    0.5,
    -0.5,
    2.0,
    -3.0,
    7.5,
    1000.0,
    33_554_432.0,
    2_147_483_520.0,
    2_147_483_648.0,
    -2_147_483_648.0,
    -4_294_967_296.0,
    3e9,
    1e20,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
];
const COMPARISONS: &[B] = &[B::Less, B::LessEqual, B::Greater, B::GreaterEqual, B::Equal, B::NotEqual];

/// An expression that failures show as text.
#[derive(Clone)]
struct Shown(Expression);

impl std::fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&show::expression(&self.0))
    }
}

fn integer() -> impl Strategy<Value = Shown> {
    expression().prop_map(Shown)
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        prop::sample::select(NUMBERS).prop_map(number),
        (-20..20_i32).prop_map(|value| number(f64::from(value))),
        Just(component(thread(), 0)),
        Just(local(0)),
    ];
    let operators = prop::sample::select(
        &[
            B::Add,
            B::Subtract,
            B::Multiply,
            B::Remainder,
            B::BitAnd,
            B::BitOr,
            B::BitXor,
            B::ShiftLeft,
            B::ShiftRight,
            B::ShiftRightUnsigned,
            B::Add,
            B::Multiply,
        ][..],
    );
    let rounding = prop::sample::select(&[Builtin::Floor, Builtin::Trunc, Builtin::Ceil][..]);
    let choice = prop::sample::select(&[Builtin::Min, Builtin::Max][..]);
    leaf.prop_recursive(4, 24, 2, move |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            6 => (operators.clone(), pair.clone()).prop_map(|(op, (left, right))| binary(op, left, right)),
            1 => (choice.clone(), pair.clone()).prop_map(|(of, (left, right))| builtin(of, vec![left, right])),
            1 => (rounding.clone(), pair.clone())
                .prop_map(|(of, (left, right))| builtin(of, vec![binary(B::Divide, left, right)])),
            1 => (prop::sample::select(COMPARISONS), pair.clone(), pair)
                .prop_map(|(op, (a, b), (c, d))| select(binary(op, a, b), c, d)),
            1 => inner.clone().prop_map(|operand| unary(UnaryOp::Negate, operand)),
            1 => inner.clone().prop_map(|operand| unary(UnaryOp::BitNot, operand)),
            1 => inner.prop_map(|operand| builtin(Builtin::Abs, vec![operand])),
        ]
    })
}

/// Whether the value has the number; JavaScript's −0 counts as 0.
fn contains(value: Value, found: f64) -> bool {
    if found.is_nan() {
        return value.nan;
    }
    let integer = !value.integer || found.is_infinite() || found.fract() == 0.0;
    integer && value.low <= found && found <= value.high
}

fn check_histories(kernel: &Kernel, machine: &Machine) {
    let definitions = Definitions::of(kernel);
    for facts in [Facts::proved(&definitions), Facts::assumed_within(&definitions, MAX_EXTENT)] {
        for &(local, found) in &machine.history {
            let value = facts.variable(definitions.local(0, local));
            assert!(contains(value, found), "{local:?} is {found}, which is not in {value:?}");
        }
    }
}

/// Runs both ways; the stored numbers must agree where the device had no need to round.
fn check(kernel: Kernel, thread: f64, uniform: f64) -> (Machine, Machine) {
    let locals = kernel.entry.locals.len();
    let script = Machine::new(locals, thread, uniform).run(&kernel);
    check_histories(&kernel, &script);
    let represented = represent(&kernel, MAX_EXTENT);
    let device = Machine::new(locals, thread, uniform).run(&represented);
    (script, device)
}

fn same(one: f64, other: f64) -> bool {
    one == other || (one.is_nan() && other.is_nan())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn integers_are_exact(Shown(value) in integer(), start in -3..70_i32, thread in prop::sample::select(THREADS)) {
        let declared = declare(0, number(f64::from(start)));
        let kernel = kernel(2, vec![declared, declare(1, value), store(number(0.0), local(1))]);
        let (script, device) = check(kernel, thread, 0.0);
        if !script.rounded && !device.rounded {
            let (expected, found) = (script.stores[0].1, device.stores[0].1);
            prop_assert!(same(expected, found), "expected {expected}, found {found}");
        }
    }

    #[test]
    fn indices_are_exact(Shown(value) in integer(), start in -3..70_i32, thread in prop::sample::select(THREADS)) {
        let kernel = kernel(1, vec![declare(0, number(f64::from(start))), store(value, number(0.0))]);
        let (script, device) = check(kernel, thread, 0.0);
        let (expected, found) = (script.stores[0].0, device.stores[0].0);
        if script.largest <= LARGEST && !script.rounded && !device.rounded {
            prop_assert_eq!(expected, found);
        }
    }

    #[test]
    fn comparisons_are_exact(
        op in prop::sample::select(COMPARISONS),
        offset in -2..3_i32,
        thread in prop::sample::select(THREADS),
        uniform in prop::sample::select(UNIFORMS),
        fixed in prop::sample::select(UNIFORMS),
        swap in any::<bool>(),
    ) {
        let left = binary(B::Add, component(thread_id(), 0), number(f64::from(offset)));
        for right in [uniform_input(), number(fixed)] {
            let (a, b) = if swap { (right, left.clone()) } else { (left.clone(), right) };
            let inner = vec![store(number(0.0), number(1.0))];
            let kernel = kernel(0, vec![when(binary(op, a, b), inner)]);
            let (script, device) = check(kernel, thread, uniform);
            prop_assert_eq!(script.stores, device.stores);
        }
    }

    #[test]
    fn loops_are_bounded(
        op in prop::sample::select(COMPARISONS),
        numbers in prop::collection::vec(-12..40_i32, 4),
        steps in prop::collection::vec(-3..4_i32, 3),
        Shown(body) in integer(),
        negated in any::<bool>(),
        resets in any::<bool>(),
    ) {
        let [start, end, sum, turn] = numbers[..] else { unreachable!() };
        let [step, extra, third] = [0, 1, 2].map(|which| number(f64::from(steps[which])));
        let sum_of = if negated { B::Subtract } else { B::Add };
        let turned_to = if resets { extra } else { binary(B::Add, local(0), extra) };
        let turned = binary(B::Less, local(1), number(f64::from(turn)));
        let kernel = kernel(2, vec![
            declare(0, number(f64::from(start))),
            declare(1, number(f64::from(sum))),
            repeat(
                binary(op, local(0), number(f64::from(end))),
                assign(0, binary(B::Add, local(0), step)),
                vec![
                    assign(1, binary(sum_of, local(1), binary(B::BitAnd, body, number(1023.0)))),
                    when(turned, vec![assign(0, turned_to)]),
                    assign(1, binary(B::Add, local(1), third)),
                    store(local(0), local(1)),
                ],
            ),
        ]);
        let (script, device) = check(kernel, 5.0, 0.0);
        if !script.rounded && !device.rounded {
            prop_assert_eq!(script.stores, device.stores);
        }
    }

    #[test]
    fn nested_loops_are_bounded(
        numbers in prop::collection::vec(-5..12_i32, 4),
        ops in prop::collection::vec(prop::sample::select(COMPARISONS), 2),
        steps in prop::collection::vec(-2..3_i32, 2),
        anew in any::<bool>(),
        by_outer in any::<bool>(),
        Shown(body) in integer(),
    ) {
        let [outer_end, inner_start, inner_end, reset] = [0, 1, 2, 3].map(|which| number(f64::from(numbers[which])));
        let [outer_step, inner_step] = [0, 1].map(|which| number(f64::from(steps[which])));
        let bound = if by_outer { local(0) } else { inner_end };
        let next = |of, step| assign(of, binary(B::Add, local(of), step));
        let sum = |of, by| assign(of, binary(B::Add, local(of), by));
        let inner = repeat(
            binary(ops[1], local(1), bound),
            next(1, inner_step),
            vec![
                sum(2, local(1)),
                assign(3, binary(B::Subtract, local(3), binary(B::BitAnd, body, number(15.0)))),
                store(local(2), local(3)),
            ],
        );
        let mut round = vec![declare(1, inner_start), inner];
        if anew {
            round.insert(0, assign(2, reset));
        }
        let kernel = kernel(4, vec![
            declare(0, number(0.0)),
            declare(2, number(0.0)),
            declare(3, number(0.0)),
            repeat(binary(ops[0], local(0), outer_end), next(0, outer_step), round),
        ]);
        let (script, device) = check(kernel, 5.0, 0.0);
        if !script.rounded && !device.rounded {
            prop_assert_eq!(script.stores, device.stores);
        }
    }
}

fn thread_id() -> Expression {
    thread()
}

fn uniform_input() -> Expression {
    uniform()
}

#[test]
fn a_local_that_is_never_set_is_nothing() {
    let kernel = kernel(1, Vec::new());
    let definitions = Definitions::of(&kernel);
    assert!(Facts::proved(&definitions).variable(definitions.local(0, LocalId(0))).is_empty());
}
