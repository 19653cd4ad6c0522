//! Statements and places.

use artifact::{Access, Form, UniformField};

use super::{body, emitted};
use crate::ir::testing::*;
use crate::ir::{BinaryOp, Place, Scalar, TestPosition, Type};

use TestPosition::{First, Last};

#[test]
fn a_counting_loop_is_a_for() {
    let mut build = Build::new("kernel");
    let i = build.local("i", Type::I32);
    let body_of_loop = vec![store(0, vec![read(i, Type::I32)], float(1.0))];
    let kernel = build.kernel(vec![
        declare(i, int(0)),
        repeat(0, First, Some(below(i, 9)), body_of_loop, vec![increment(i)]),
    ]);
    insta::assert_snapshot!(body(kernel), @r"
    for (var i = 0; i < 9; i += 1) {
        store_line(i, 1.0);
    }
    ");
}

#[test]
fn a_counter_used_later_stays_outside() {
    let mut build = Build::new("kernel");
    let i = build.local("i", Type::I32);
    let kernel = build.kernel(vec![
        declare(i, int(0)),
        repeat(0, First, Some(below(i, 9)), vec![], vec![increment(i)]),
        store(0, vec![read(i, Type::I32)], float(1.0)),
    ]);
    insta::assert_snapshot!(body(kernel), @r"
    var i = 0;
    for (; i < 9; i += 1) {
    }
    store_line(i, 1.0);
    ");
}

#[test]
fn loops_of_every_shape() {
    let mut build = Build::new("kernel");
    let i = build.local("i", Type::I32);
    let go = build.constant("go", Type::BOOL);
    let prelude = || vec![declare(go, below(i, 5))];
    let condition = || Some(read(go, Type::BOOL));
    let kernel = build.kernel(vec![
        declare(i, int(0)),
        repeat(0, First, Some(below(i, 1)), vec![increment(i)], vec![]),
        repeat_with(1, First, prelude(), condition(), vec![next(1)], vec![increment(i)]),
        repeat(2, Last, Some(below(i, 2)), vec![increment(i)], vec![]),
        repeat_with(
            3,
            Last,
            prelude(),
            condition(),
            vec![when(below(i, 3), vec![next(3)], vec![])],
            vec![increment(i)],
        ),
        repeat(
            4,
            First,
            None,
            vec![when(below(i, 4), vec![leave(4)], vec![])],
            vec![increment(i), increment(i)],
        ),
        repeat(5, First, None, vec![give(None), increment(i)], vec![]),
        repeat(6, Last, None, vec![], vec![increment(i)]),
    ]);
    insta::assert_snapshot!(body(kernel));
}

#[test]
fn exits_through_switches_scopes_and_loops() {
    let mut build = Build::new("kernel");
    let i = build.local("i", Type::I32);
    let inner =
        repeat(2, First, Some(below(i, 3)), vec![when(uniform(1), vec![next(0)], vec![leave(0)])], vec![]);
    let cases = vec![(vec![1, -2], vec![leave(1)]), (vec![i32::MIN], vec![next(0)]), (vec![3], vec![inner])];
    let choice = switch(
        1,
        read(i, Type::I32),
        cases,
        vec![scope(3, vec![when(uniform(1), vec![leave(3)], vec![leave(0)])])],
    );
    let kernel = build.kernel(vec![
        declare(i, int(0)),
        repeat(0, First, Some(below(i, 9)), vec![choice], vec![increment(i)]),
    ]);
    insta::assert_snapshot!(body(kernel));
}

#[test]
fn value_functions_end_in_a_return() {
    let number = || Build::new("f").result(Type::F32);
    let one = || give(Some(float(1.0)));
    let by_switch = vec![switch(0, int(1), vec![(vec![1], vec![one()])], vec![scope(1, vec![one()])])];
    let left_switch = vec![switch(0, int(1), vec![(vec![1], vec![leave(0)])], vec![one()]), one()];
    let functions = vec![
        number().body(vec![when(uniform(1), vec![one()], vec![one(), one()])]),
        number().body(by_switch),
        number().body(left_switch),
        number().body(vec![repeat(0, First, None, vec![when(uniform(1), vec![one()], vec![])], vec![])]),
        number().body(vec![scope(0, vec![repeat(1, First, None, vec![one()], vec![])])]),
    ];
    let kernel = Build::new("kernel").kernel_with(functions, vec![]);
    insta::assert_snapshot!(emitted(kernel).text);
}

#[test]
fn buffers_of_every_kind() {
    let vector = |size: u8| splat(float(1.0), size);
    let here = || thread(0);
    let part = |buffer, index, component| Place::Buffer { buffer, index, component: Some(component) };
    let kernel = Build::new("kernel").kernel(vec![
        store(0, vec![here()], load(0, vec![thread(1)])),
        store(0, vec![int(5)], load(0, vec![int(99)])),
        store(1, vec![here(), int(8)], load(1, vec![int(7), int(8)])),
        store(2, vec![here(), here(), here()], vector(3)),
        store(2, vec![int(1), int(2), int(3)], load(2, vec![int(3), int(4), int(5)])),
        assign(part(2, vec![int(0), int(0), int(0)], 1), float(2.0)),
        assign(part(2, vec![here(), int(0), int(0)], 2), float(2.0)),
        store(3, vec![here()], load(3, vec![thread(2)])),
    ]);
    let emitted = emitted(kernel);
    assert!(emitted.bindings.buffers.iter().all(|binding| binding.access == Access::ReadWrite));
    insta::assert_snapshot!(emitted.text);
}

#[test]
fn arrays_of_every_kind() {
    let mut build = Build::new("kernel");
    let vector = Type::Vector(2, Scalar::F32);
    let array = |components, scalar| Type::Array { components, scalar, length: 3 };
    let numbers = build.constant("numbers", array(1, Scalar::F32));
    let flags = build.local("flags", array(1, Scalar::Bool));
    let points = build.local("points", array(2, Scalar::F32));
    let part = |index, component| Place::Element { array: points, index, component };
    let kernel = build.kernel(vec![
        declare(numbers, array_of(vec![float(1.0), float(2.0), float(3.0)])),
        declare_zero(flags),
        declare(points, array_of(vec![splat(float(1.0), 2), splat(float(2.0), 2), splat(float(3.0), 2)])),
        assign(Place::Element { array: flags, index: thread(0), component: None }, boolean(true)),
        assign(part(int(2), Some(1)), element(numbers, int(2), Type::F32)),
        assign(part(thread(0), Some(1)), element(numbers, int(3), Type::F32)),
        assign(part(thread(0), None), element(points, thread(1), vector)),
        when(
            element(flags, thread(0), Type::BOOL),
            vec![set(flags, read(flags, array(1, Scalar::Bool)))],
            vec![],
        ),
    ]);
    insta::assert_snapshot!(emitted(kernel).text);
}

#[test]
fn uniforms_are_laid_out_as_wgsl_does() {
    let mut build = Build::new("kernel");
    let x = build.constant("x", Type::F32);
    let sum = |a, b| binary(BinaryOp::Add, a, b);
    let value = sum(
        sum(uniform(0), component(uniform(2), 1)),
        sum(component(uniform(3), 2), component(uniform(4), 3)),
    );
    let emitted = emitted(build.kernel(vec![when(uniform(1), vec![declare(x, value)], vec![])]));
    let forms = [Form::Single, Form::Integer, Form::Single, Form::Single, Form::Single];
    let fields = [32, 36, 40, 48, 64].into_iter().zip(forms).enumerate();
    let expected: Vec<_> =
        fields.map(|(uniform, (offset, form))| UniformField { uniform, form, offset }).collect();
    assert_eq!(emitted.bindings.params.uniforms, expected);
    assert_eq!(emitted.bindings.params.size, 80);
    insta::assert_snapshot!(emitted.text);
}

#[test]
fn names_are_the_users_own() {
    let mut function = Build::new("store_line");
    let heat = function.parameter("line", Type::F32);
    let function =
        function.result(Type::F32).body(vec![increment_float(heat), give(Some(read(heat, Type::F32)))]);
    let mut build = Build::new("kernel");
    let names = ["x", "x", "i", "loop", "$", "__a", "distance", "line", "store_line", "länge"];
    let locals: Vec<_> = names.iter().map(|name| build.constant(name, Type::F32)).collect();
    let mut statements: Vec<_> = locals.into_iter().map(|local| declare(local, float(1.0))).collect();
    statements.push(store(0, vec![thread(0)], call(0, vec![load(0, vec![thread(1)])], Type::F32)));
    insta::assert_snapshot!(emitted(build.kernel_with(vec![function], statements)).text);
}

fn increment_float(local: crate::ir::LocalId) -> crate::ir::Statement {
    set(local, binary(BinaryOp::Add, read(local, Type::F32), float(1.0)))
}
