//! The rules of the IR, each broken once.

use super::*;
use crate::ir::testing::*;
use crate::ir::{BinaryOp, Builtin, Effects, TestPosition, UnaryOp};

fn check(kernel: &Kernel) -> Check {
    verify(kernel, &interface(), Stage::Represented)
}

#[track_caller]
fn breaks(kernel: &Kernel, rule: &str) {
    let wrong = check(kernel).expect_err("a rule is broken");
    assert!(wrong.contains(rule), "{wrong:?} does not say {rule:?}");
}

#[test]
fn a_sound_kernel_passes() {
    let mut build = Build::new("kernel");
    let i = build.local("i", Type::I32);
    let body = vec![store(0, vec![read(i, Type::I32)], convert(read(i, Type::I32), Scalar::F32)), leave(0)];
    let kernel = build.kernel(vec![
        declare(i, int(0)),
        repeat(0, TestPosition::First, Some(below(i, 10)), body, vec![increment(i)]),
    ]);
    assert_eq!(check(&kernel), Ok(()));
}

#[test]
fn a_local_ends_with_its_block() {
    let mut build = Build::new("kernel");
    let x = build.local("x", Type::F32);
    let kernel =
        build.kernel(vec![when(boolean(true), vec![declare(x, float(1.0))], vec![]), set(x, float(2.0))]);
    breaks(&kernel, "`x#0` is used out of its scope");
}

#[test]
fn a_prelude_local_ends_with_the_condition() {
    let mut build = Build::new("kernel");
    let go = build.local("go", Type::BOOL);
    let prelude = vec![declare(go, boolean(true))];
    let kernel = build.kernel(vec![repeat_with(
        0,
        TestPosition::First,
        prelude,
        Some(read(go, Type::BOOL)),
        vec![set(go, boolean(false))],
        vec![],
    )]);
    breaks(&kernel, "out of its scope");
}

#[test]
fn a_constant_is_not_set() {
    let mut build = Build::new("kernel");
    let x = build.constant("x", Type::F32);
    breaks(&build.kernel(vec![declare(x, float(1.0)), set(x, float(2.0))]), "is not mutable");
}

#[test]
fn operands_agree() {
    let mut build = Build::new("kernel");
    let x = build.constant("x", Type::F32);
    let sum = binary(BinaryOp::Add, float(1.0), int(1));
    breaks(&build.kernel(vec![declare(x, sum)]), "cannot be a");
}

#[test]
fn quotients_are_floats() {
    let mut build = Build::new("kernel");
    let x = build.constant("x", Type::I32);
    breaks(&build.kernel(vec![declare(x, binary(BinaryOp::Divide, int(4), int(2)))]), "cannot be a");
}

#[test]
fn indices_are_integers_and_as_many_as_dimensions() {
    let build = || Build::new("kernel");
    breaks(&build().kernel(vec![store(0, vec![float(1.0)], float(1.0))]), "an index is a");
    breaks(&build().kernel(vec![store(0, vec![int(1), int(2)], float(1.0))]), "takes 1 indices, not 2");
}

#[test]
fn random_numbers_are_drawn_at_roots() {
    let kernel = Build::new("kernel").kernel(vec![store(0, vec![int(0)], random())]);
    assert_eq!(check(&kernel), Ok(()));
    let inside = unary(UnaryOp::Negate, random());
    breaks(&Build::new("kernel").kernel(vec![store(0, vec![int(0)], inside)]), "random number is drawn");
}

#[test]
fn functions_with_effects_are_called_at_roots() {
    let mut callee = Build::new("next").result(Type::F32).body(vec![give(Some(float(1.0)))]);
    callee.effects = Effects { writes: true, ..Effects::default() };
    let inside = unary(UnaryOp::Negate, call(0, vec![], Type::F32));
    let kernel = Build::new("kernel").kernel_with(vec![callee], vec![store(0, vec![int(0)], inside)]);
    breaks(&kernel, "with effects");
}

#[test]
fn exits_name_what_is_around_them() {
    breaks(&Build::new("kernel").kernel(vec![leave(3)]), "nothing around is called @3");
    breaks(&Build::new("kernel").kernel(vec![scope(0, vec![next(0)])]), "nothing around is called @0");
}

#[test]
fn value_functions_return_on_all_paths() {
    let half = Build::new("f").result(Type::F32).body(vec![when(
        boolean(true),
        vec![give(Some(float(1.0)))],
        vec![],
    )]);
    breaks(&Build::new("kernel").kernel_with(vec![half], vec![]), "some path ends without a value");
    let endless = vec![repeat(0, TestPosition::First, None, vec![give(Some(float(1.0)))], vec![])];
    let whole = Build::new("f").result(Type::F32).body(endless);
    assert_eq!(check(&Build::new("kernel").kernel_with(vec![whole], vec![])), Ok(()));
}

#[test]
fn conversions_wait_for_representation() {
    let mut build = Build::new("kernel");
    let x = build.constant("x", Type::F32);
    let kernel = build.kernel(vec![declare(x, convert(int(1), Scalar::F32))]);
    assert_eq!(check(&kernel), Ok(()));
    assert!(verify(&kernel, &interface(), Stage::Lowered).is_err());
}

#[test]
fn no_number_is_left_open() {
    let mut build = Build::new("kernel");
    build.constant("x", Type::NUMBER);
    breaks(&build.kernel(vec![]), "does not fit the stage");
}

#[test]
fn builtins_have_the_types_of_their_rows() {
    let mut build = Build::new("kernel");
    let x = build.constant("x", Type::I32);
    let sine = builtin(Builtin::Sin, vec![int(1)], Type::I32);
    breaks(&build.kernel(vec![declare(x, sine)]), "cannot be a");
}

#[test]
fn a_callee_stands_before_its_callers() {
    let recursive =
        Build::new("f").body(vec![statement(StatementKind::Evaluate(call(0, vec![], Type::F32)))]);
    breaks(&Build::new("kernel").kernel_with(vec![recursive], vec![]), "called before it stands");
}
