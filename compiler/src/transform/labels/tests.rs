//! Exits before and after the pass, as printed IR.

use super::labels;
use crate::ir::testing::*;
use crate::ir::{Kernel, Stage, TestPosition, Type, print, verify};

fn resolved(mut kernel: Kernel) -> String {
    let interface = interface();
    assert_eq!(verify(&kernel, &interface, Stage::Represented), Ok(()));
    labels(&mut kernel);
    assert_eq!(verify(&kernel, &interface, Stage::Represented), Ok(()));
    print(&kernel, Some(&interface))
}

fn endless(label: u32, body: Vec<crate::ir::Statement>) -> crate::ir::Statement {
    repeat(label, TestPosition::First, None, body, vec![])
}

#[test]
fn inner_exits_stay() {
    let kernel = Build::new("kernel").kernel(vec![endless(0, vec![scope(1, vec![leave(1)]), leave(0)])]);
    insta::assert_snapshot!(resolved(kernel));
}

#[test]
fn a_continue_passes_a_switch_but_no_loop() {
    let direct = switch(1, thread(0), vec![(vec![1], vec![next(0)])], vec![]);
    let through = endless(2, vec![next(0)]);
    insta::assert_snapshot!(resolved(
        Build::new("kernel").kernel(vec![endless(0, vec![direct, through, leave(0)])])
    ));
}

#[test]
fn a_break_goes_out_step_by_step() {
    let inner = endless(2, vec![when(uniform(1), vec![leave(0)], vec![]), leave(2)]);
    let middle = scope(1, vec![inner, store(0, vec![int(1)], float(1.0))]);
    let after = store(0, vec![int(2)], float(2.0));
    insta::assert_snapshot!(resolved(Build::new("kernel").kernel(vec![endless(0, vec![middle, after])])));
}

#[test]
fn each_journey_has_its_own_flag() {
    let mut build = Build::new("kernel");
    let i = build.local("i", Type::I32);
    let inner = |label| repeat(label, TestPosition::Last, Some(below(i, 9)), vec![leave(0)], vec![]);
    let kernel = build.kernel(vec![declare(i, int(0)), endless(0, vec![inner(1), inner(2)])]);
    insta::assert_snapshot!(resolved(kernel));
}
