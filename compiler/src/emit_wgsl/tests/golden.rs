//! Whole kernels as they are emitted, and what is said of them.

use artifact::{Access, BufferBinding};

use super::emitted;
use crate::ir::testing::*;
use crate::ir::{BinaryOp, Place, Scalar, TestPosition, Type};

#[test]
fn a_kernel_that_paints_and_draws_random_numbers() {
    let mut build = Build::new("kernel");
    let noise = build.constant("noise", Type::F32);
    let kernel = build.kernel(vec![
        declare(noise, random()),
        pixel([thread(0), thread(1)], [read(noise, Type::F32), float(255.0), thread(0)]),
    ]);
    let emitted = emitted(kernel);
    assert_eq!(emitted.bindings.canvas, Some(1));
    assert!(emitted.bindings.params.random);
    assert_eq!(emitted.facts.axes_used, [true; 3]);
    insta::assert_snapshot!(emitted.text);
}

#[test]
fn a_kernel_with_functions_and_vectors() {
    let vector = Type::Vector(2, Scalar::F32);
    let mut square = Build::new("square");
    let z = square.parameter("z", vector);
    let product = crate::ir::Builtin::ComplexTimes;
    let square = square.result(vector).body(vec![give(Some(builtin(
        product,
        vec![read(z, vector), read(z, vector)],
        vector,
    )))]);
    let mut build = Build::new("kernel");
    let z = build.local("z", vector);
    let n = build.local("n", Type::I32);
    let start = compose(vec![convert(thread(0), Scalar::F32), uniform(0)]);
    let next = binary(BinaryOp::Add, call(0, vec![read(z, vector)], vector), uniform(2));
    let cell = vec![thread(1), thread(0)];
    let kernel = build.kernel_with(
        vec![square],
        vec![
            declare(z, start),
            declare(n, int(0)),
            repeat(0, TestPosition::First, Some(below(n, 50)), vec![set(z, next)], vec![increment(n)]),
            assign(Place::Component { local: z, component: 0 }, float(1.0)),
            store(1, cell, swizzle(read(z, vector), &[1, 0])),
        ],
    );
    let emitted = emitted(kernel);
    assert_eq!(
        emitted.bindings.buffers,
        [BufferBinding { buffer: 1, binding: 1, access: Access::ReadWrite }]
    );
    assert_eq!(emitted.facts.axes_used, [true, true, false]);
    assert_eq!(emitted.facts.lane_axis, 0);
    insta::assert_snapshot!(emitted.text);
}

#[test]
fn lanes_follow_the_contiguous_index() {
    let mut build = Build::new("kernel");
    let cell = build.constant("cell", Type::Vector(2, Scalar::I32));
    let at = |component_index| component(read(cell, Type::Vector(2, Scalar::I32)), component_index);
    let kernel = build.kernel(vec![
        declare(cell, compose(vec![thread(0), binary(BinaryOp::Add, thread(1), int(1))])),
        store(1, vec![at(0), at(1)], load(1, vec![at(1), at(0)])),
        repeat(0, TestPosition::First, Some(uniform(1)), vec![store(0, vec![at(1)], float(0.0))], vec![]),
    ]);
    assert_eq!(emitted(kernel).facts.lane_axis, 1);
}
