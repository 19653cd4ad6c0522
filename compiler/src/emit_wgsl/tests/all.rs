//! One kernel for each builtin, operator and conversion with each type of operands that the verifier allows.

use super::{body, emitted, validate};
use crate::diagnostics::Span;
use crate::emit_wgsl::polyfills::{Polyfill, library};
use crate::ir::builtins::{Signature, TABLE};
use crate::ir::testing::*;
use crate::ir::{BinaryOp, Builtin, Expression, LocalId, Scalar, Stage, Type, UnaryOp, verify};

const TYPES: [Type; 13] = [
    Type::BOOL,
    Type::F32,
    Type::I32,
    Type::U32,
    Type::Vector(2, Scalar::F32),
    Type::Vector(3, Scalar::F32),
    Type::Vector(4, Scalar::F32),
    Type::Vector(3, Scalar::I32),
    Type::Vector(2, Scalar::U32),
    Type::F64,
    Type::Vector(2, Scalar::F64),
    Type::Vector(3, Scalar::F64),
    Type::Vector(4, Scalar::F64),
];

/// Emits `make` applied to locals, and to literals, of each type, where the result is sound. Says how many were.
fn emit_all(make: &dyn Fn(&[Expression], Type) -> Expression, arity: usize) -> usize {
    let mut count = 0;
    for first in TYPES {
        for second in TYPES.into_iter().take(if arity == 1 { 1 } else { TYPES.len() }) {
            for result in TYPES {
                let types = [first, second];
                count += usize::from(try_emit(&types[..arity], result, make, false));
                try_emit(&types[..arity], result, make, true);
            }
        }
    }
    count
}

fn try_emit(
    types: &[Type],
    result: Type,
    make: &dyn Fn(&[Expression], Type) -> Expression,
    literal: bool,
) -> bool {
    let mut build = Build::new("kernel");
    let locals: Vec<LocalId> = types.iter().map(|&ty| build.local("operand", ty)).collect();
    let target = build.local("result", result);
    let operands: Vec<Expression> = locals
        .iter()
        .zip(types)
        .map(|(&local, &ty)| if literal { extreme(ty) } else { read(local, ty) })
        .collect();
    let value = make(&operands, result);
    if value.ty != result {
        return false;
    }
    let mut body: Vec<_> = locals.into_iter().map(declare_zero).collect();
    body.push(declare(target, value));
    let kernel = build.kernel(body);
    let sound = verify(&kernel, &interface(), Stage::Represented).is_ok();
    if sound {
        emitted(kernel);
    }
    sound
}

/// A constant whose arithmetic overflows.
fn extreme(ty: Type) -> Expression {
    match ty {
        Type::Vector(size, scalar) => splat(extreme(Type::Scalar(scalar)), size),
        Type::Scalar(Scalar::Bool) => boolean(true),
        Type::Scalar(Scalar::I32) => int(i32::MIN),
        Type::Scalar(Scalar::U32) => {
            let mut literal = int(0);
            literal.ty = Type::U32;
            literal
        }
        Type::Scalar(Scalar::F64) => Expression { ty: Type::F64, ..float(-1.7e308) },
        _ => float(-3e38),
    }
}

#[test]
fn every_builtin_is_emitted() {
    for row in TABLE {
        let make = |operands: &[Expression], ty| builtin(row.builtin, operands.to_vec(), ty);
        let count = emit_all(&make, usize::from(row.builtin.arity()));
        let least = match row.signature {
            Signature::Componentwise(_) => 4,
            _ => row.sizes.len().max(1),
        };
        assert!(count >= least, "{:?}: {count}", row.builtin);
    }
}

#[test]
fn every_operator_is_emitted() {
    use BinaryOp as B;
    for op in [
        B::Add,
        B::Subtract,
        B::Multiply,
        B::Divide,
        B::Remainder,
        B::Equal,
        B::NotEqual,
        B::Less,
        B::LessEqual,
        B::Greater,
        B::GreaterEqual,
        B::And,
        B::Or,
        B::BitAnd,
        B::BitOr,
        B::BitXor,
        B::ShiftLeft,
        B::ShiftRight,
        B::ShiftRightUnsigned,
        B::FloorDivide,
        B::TruncateDivide,
    ] {
        let make = |operands: &[Expression], _| binary(op, operands[0].clone(), operands[1].clone());
        assert!(emit_all(&make, 2) > 0, "{op:?}");
    }
    for op in [UnaryOp::Negate, UnaryOp::Not, UnaryOp::BitNot] {
        assert!(emit_all(&|operands, _| unary(op, operands[0].clone()), 1) > 0, "{op:?}");
    }
}

#[test]
fn every_conversion_is_emitted() {
    assert!(emit_all(&|operands, ty| convert(operands[0].clone(), ty.scalar()), 1) >= 6);
    // Of singles and doubles.
    assert_eq!(emit_all(&|operands, _| to_int32(operands[0].clone()), 1), 2);
}

#[test]
fn the_whole_library_is_valid() {
    for native_doubles in [false, true] {
        check_library(library(native_doubles), native_doubles);
    }
    let files = [
        include_str!("../polyfills.wgsl"),
        include_str!("../wide_parts.wgsl"),
        include_str!("../wide_vectors.wgsl"),
    ];
    let native = concat!(include_str!("../wide_native.wgsl"), "\n", include_str!("../wide_whole.wgsl"));
    for (native_doubles, wide) in [(false, include_str!("../wide_software.wgsl")), (true, native)] {
        let functions: usize = files.iter().chain([&wide]).map(|text| text.matches("\nfn ").count()).sum();
        assert_eq!(library(native_doubles).len(), functions, "each function stands between blank lines");
    }
}

fn check_library(library: &[Polyfill], native_doubles: bool) {
    let mut text =
        "struct Params { hpc__extents: vec3i, hpc__key_0: u32, hpc__base: vec3i, hpc__key_1: u32 }\n\
        @group(0) @binding(0) var<uniform> hpc__params: Params;\n\
        var<private> hpc__thread_id: vec3i;\nvar<private> hpc__random_calls: u32;\nvar<private> hpc__varying_zero: u32;\n"
            .to_owned();
    text += &format!("alias hpc__wide = {};\n", if native_doubles { "f64" } else { "vec2u" });
    for (size, fields) in [
        (2, "x: hpc__wide, y: hpc__wide"),
        (3, "x: hpc__wide, y: hpc__wide, z: hpc__wide"),
        (4, "x: hpc__wide, y: hpc__wide, z: hpc__wide, w: hpc__wide"),
    ] {
        text += &format!("struct hpc__wide{size} {{ {fields} }}\n");
    }
    text.extend(library.iter().map(|polyfill| polyfill.text));
    validate(&text);
    for polyfill in library {
        assert!(polyfill.text.starts_with("// "), "{} says why", polyfill.header.name);
    }
}

/// The text of an expression on `x` and `y`, floats, and `n`, an integer.
fn text(make: impl Fn(Expression, Expression, Expression) -> Expression) -> String {
    let mut build = Build::new("kernel");
    let [x, y, n] =
        [("x", Type::F32), ("y", Type::F32), ("n", Type::I32)].map(|(name, ty)| build.local(name, ty));
    let value = make(read(x, Type::F32), read(y, Type::F32), read(n, Type::I32));
    let result = build.constant("result", value.ty);
    let kernel =
        build.kernel(vec![declare_zero(x), declare_zero(y), declare_zero(n), declare(result, value)]);
    let body = body(kernel);
    let line = body.lines().last().unwrap_or_default();
    line.split_once("result = ").map_or("", |(_, value)| value).trim_end_matches(';').to_owned()
}

#[test]
fn literals_round_trip() {
    for (value, expected) in [
        (0.1, "0.1"),
        (1.0, "1.0"),
        (1e20, "1e20"),
        (3.402_823_466_385_288_6e38, "3.4028234663852886e38"),
        (4_294_967_296.0, "4294967296.0"),
        (-2.5, "-2.5"),
        (-0.0, "hpc__f32(0x80000000u)"),
        (f64::INFINITY, "hpc__f32(0x7f800000u)"),
        (1e39, "hpc__f32(0x7f800000u)"),
        (f64::NAN, "hpc__f32(0x7fc00000u)"),
        (1e-45, "hpc__f32(0x00000001u)"),
    ] {
        assert_eq!(text(|_, _, _| float(value)), expected);
    }
    assert_eq!(text(|_, _, _| int(i32::MIN)), "i32(-2147483648)");
    assert_eq!(text(|x, _, _| binary(BinaryOp::Subtract, x, float(-1.0))), "x - (-1.0)");
    assert_eq!(text(|x, _, _| binary(BinaryOp::Multiply, float(-1.0), x)), "(-1.0) * x");
    assert_eq!(text(|_, _, _| unary(UnaryOp::Negate, int(-1))), "-hpc__i32(-1)");
}

#[test]
fn parentheses_stand_where_the_grammar_needs_them() {
    use BinaryOp as B;
    let sum = |x, y| binary(B::Add, x, y);
    let less = |x, y| binary(B::Less, x, y);
    let greater = |x, y| binary(B::Greater, x, y);
    assert_eq!(
        text(|x, y, _| binary(B::Multiply, sum(x.clone(), y.clone()), sum(y, x))),
        "(x + y) * (y + x)"
    );
    assert_eq!(text(|x, y, _| sum(sum(x.clone(), y.clone()), sum(y, x))), "x + y + (y + x)");
    assert_eq!(text(|_, _, n| binary(B::ShiftLeft, sum(n.clone(), int(1)), n)), "(n + 1) << (u32(n) & 31u)");
    assert_eq!(text(|_, _, n| binary(B::ShiftRightUnsigned, n, int(33))), "u32(n) >> 1u");
    let shifted = |n| binary(B::ShiftRight, n, int(7));
    assert_eq!(text(|_, _, n| binary(B::Less, n.clone(), shifted(n))), "n < (n >> 7u)");
    assert_eq!(
        text(|_, _, n| binary(B::BitOr, binary(B::BitAnd, n.clone(), int(1)), sum(n, int(2)))),
        "(n & 1) | (n + 2)"
    );
    assert_eq!(
        text(|x, y, _| binary(
            B::Or,
            binary(B::And, less(x.clone(), y.clone()), greater(x.clone(), y.clone())),
            less(y, x)
        )),
        "(x < y && x > y) || y < x"
    );
    assert_eq!(
        text(|x, y, _| binary(B::Equal, less(x.clone(), y.clone()), greater(x, y))),
        "(x < y) == (x > y)"
    );
    assert_eq!(
        text(|x, y, _| select(greater(x.clone(), y.clone()), less(x.clone(), y.clone()), less(y, x))),
        "select((y < x), (x < y), x > y)"
    );
    assert_eq!(text(|x, _, _| unary(UnaryOp::Negate, unary(UnaryOp::Negate, x))), "-(-x)");
}

#[test]
fn tests_for_nan_are_left_out_where_there_is_none() {
    let max = |x, y: Expression| {
        let ty = y.ty;
        builtin(Builtin::Max, vec![x, y], ty)
    };
    assert_eq!(text(|x, y, _| max(x, y)), "hpc__max(x, y)");
    assert_eq!(text(|x, _, _| max(float(0.0), x)), "hpc__max_of_known(x, 0.0)");
    assert_eq!(text(|_, _, n| max(n, int(0))), "max(n, 0)");
    assert_eq!(text(|x, _, n| max(convert(n, Scalar::F32), x)), "hpc__max_of_known(x, f32(n))");
    assert_eq!(text(|x, _, _| binary(BinaryOp::NotEqual, x.clone(), x)), "hpc__is_nan(x)");
}

#[test]
fn constant_powers_are_multiplied_out() {
    let pow = |x, y| builtin(Builtin::Pow, vec![x, y], Type::F32);
    assert_eq!(text(|x, _, _| pow(x, float(2.0))), "x * x");
    assert_eq!(text(|x, y, _| pow(binary(BinaryOp::Add, x, y), float(2.0))), "hpc__pow_2(x + y)");
    assert_eq!(text(|x, _, _| pow(x, float(-3.0))), "hpc__pow_minus_3(x)");
    assert_eq!(text(|x, _, _| pow(x, float(0.5))), "hpc__pow_of_half(x)");
    assert_eq!(text(|x, y, _| pow(x, y)), "hpc__pow(x, y)");
    let vectors = |x: Expression| {
        builtin(Builtin::Pow, vec![splat(x, 3), splat(float(5.0), 3)], Type::Vector(3, Scalar::F32))
    };
    assert_eq!(text(|x, _, _| vectors(x)), "hpc__pow_5_vec3(vec3f(x))");
}

#[test]
fn integers_divide_by_powers_of_two_with_a_shift() {
    assert_eq!(text(|_, _, n| binary(BinaryOp::FloorDivide, n, int(8))), "n >> 3u");
    assert_eq!(text(|_, _, n| binary(BinaryOp::FloorDivide, n, int(6))), "hpc__floor_divide(n, 6)");
    assert_eq!(text(|_, _, n| binary(BinaryOp::TruncateDivide, n, int(6))), "n / 6");
}

#[test]
fn constants_are_variables_so_that_wgpu_does_not_compute_with_them() {
    let mut build = Build::new("kernel");
    let vector = Type::Vector(3, Scalar::I32);
    let [cell, most] = [("cell", vector), ("most", Type::I32)].map(|(name, ty)| build.constant(name, ty));
    let sum = build.local("sum", Type::I32);
    let x = component(read(cell, vector), 0);
    let kernel = build.kernel(vec![
        declare(cell, splat(int(7), 3)),
        declare(most, int(i32::MAX)),
        declare(sum, binary(BinaryOp::Add, read(most, Type::I32), int(1))),
        store(0, vec![x.clone()], convert(x, Scalar::F32)),
    ]);
    let body = body(kernel);
    assert!(body.starts_with("var cell = vec3i(7);\nvar most = 2147483647;\n"), "{body}");
}

#[test]
fn nan_differs_from_everything() {
    let differ = |x, y| binary(BinaryOp::NotEqual, x, y);
    assert_eq!(text(|x, y, _| differ(x, y)), "!(x == y)");
    assert_eq!(text(|x, y, _| differ(splat(x, 2), splat(y, 2))), "!all(vec2f(x) == vec2f(y))");
    assert_eq!(text(|_, _, n| differ(n, int(1))), "n != 1");
    assert_eq!(text(|_, _, n| differ(convert(n, Scalar::F32), float(1.0))), "f32(n) != 1.0");
    let elsewhere = |mut x: Expression| {
        x.span = Span { start: 7, end: 8 };
        x
    };
    assert_eq!(text(|x, _, _| differ(x.clone(), elsewhere(x))), "hpc__is_nan(x)");
}

#[test]
fn drivers_do_not_see_zeros_whose_product_or_quotient_may_be_nan() {
    use BinaryOp as B;
    assert_eq!(text(|x, _, _| binary(B::Multiply, x, float(0.0))), "x * hpc__zero()");
    assert_eq!(text(|x, _, _| binary(B::Multiply, float(-0.0), x)), "-hpc__zero() * x");
    assert_eq!(text(|x, _, _| binary(B::Divide, float(0.0), x)), "hpc__zero() / x");
    assert_eq!(text(|x, _, _| binary(B::Divide, x, float(0.0))), "x / hpc__zero()");
    assert_eq!(
        text(|x, _, _| binary(B::Multiply, splat(x, 2), splat(float(0.0), 2))),
        "vec2f(x) * vec2f(hpc__zero())"
    );
    assert_eq!(text(|x, _, _| binary(B::Subtract, x.clone(), x)), "abs(x) * hpc__zero()");
    assert_eq!(text(|x, y, _| binary(B::Subtract, x, y)), "x - y");
    let none = |n: Expression| convert(binary(B::Subtract, n.clone(), n), Scalar::F32);
    assert_eq!(text(|x, _, n| binary(B::Divide, x, none(n))), "x / hpc__zero()");
    assert_eq!(text(|_, _, n| binary(B::Multiply, convert(n, Scalar::F32), float(0.0))), "f32(n) * 0.0");
}

#[test]
fn negative_literals_are_shifted_as_their_bits() {
    let shifted = |value| binary(BinaryOp::ShiftRightUnsigned, value, int(4));
    assert_eq!(text(|_, _, n| binary(BinaryOp::BitXor, n, int(1))), "n ^ 1");
    assert_eq!(text(|_, _, _| shifted(int(-256))), "hpc__u32(4294967040u) >> 4u");
    assert_eq!(
        text(|_, _, n| binary(BinaryOp::ShiftRightUnsigned, int(-256), n)),
        "4294967040u >> (u32(n) & 31u)"
    );
}

#[test]
fn unsigned_numbers_have_extrema_and_remainders() {
    let shifted = |n| binary(BinaryOp::ShiftRightUnsigned, n, int(1));
    let one = || convert(int(1), Scalar::U32);
    assert_eq!(
        text(|_, _, n| builtin(Builtin::Max, vec![shifted(n.clone()), shifted(n)], Type::U32)),
        "max(u32(n) >> 1u, u32(n) >> 1u)"
    );
    assert_eq!(
        text(|_, _, n| binary(BinaryOp::Remainder, shifted(n), one())),
        "(u32(n) >> 1u) % u32(hpc__i32(1))"
    );
    assert_eq!(text(|_, _, n| binary(BinaryOp::Less, shifted(n), one())), "u32(n) >> 1u < u32(hpc__i32(1))");
}

#[test]
fn helpers_take_no_angles_to_the_drivers() {
    for native in [" sin(", " cos(", " tan(", "(sin(", "(cos(", "(tan("] {
        assert!(library(false).iter().all(|polyfill| !polyfill.text.contains(native)), "{native}");
    }
}

#[test]
fn what_is_not_a_number_is_asked_for_before_drivers_answer() {
    for name in ["hpc__exp", "hpc__normalized2", "hpc__normalized3", "hpc__normalized4"] {
        let polyfill =
            library(false).iter().find(|polyfill| polyfill.header.name == name).expect("the library has it");
        let asks = polyfill.text.contains("hpc__is_nan(x)") || polyfill.text.contains("if size == 0.0 {");
        assert!(asks, "{name}");
    }
}
