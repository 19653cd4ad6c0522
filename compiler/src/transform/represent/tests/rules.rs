//! One small kernel per rule of representation, checked as text.

use artifact::MAX_EXTENT;

use super::super::represent;
use super::show;
use crate::ir::build::*;
use crate::ir::{BinaryOp as B, Builtin, Expression, Kernel, Scalar, Statement, Type, UnaryOp};

fn lines(kernel: Kernel) -> Vec<String> {
    show::function(&represent(&kernel, MAX_EXTENT).entry)
}

fn body(locals: usize, statements: Vec<Statement>) -> Vec<String> {
    lines(kernel(locals, statements))
}

fn one(statement: Statement) -> String {
    body(4, vec![statement]).remove(0)
}

fn x() -> Expression {
    component(thread(), 0)
}

fn y() -> Expression {
    component(thread(), 1)
}

fn zero() -> Expression {
    number(0.0)
}

fn floor(operand: Expression) -> Expression {
    builtin(Builtin::Floor, vec![operand])
}

fn stored(value: Expression) -> String {
    one(store(zero(), value)).replace("buffer[0i] = ", "")
}

fn indexed(index: Expression) -> String {
    one(store(index, zero())).replace(" = 0f", "")
}

fn tested(condition: Expression) -> String {
    one(when(condition, Vec::new())).replace("if ", "")
}

#[test]
fn a_thread_id_is_an_integer_and_is_stored_as_a_float() {
    assert_eq!(stored(x()), "f32(id.0)");
    assert_eq!(stored(binary(B::Add, x(), number(1.0))), "f32((id.0 + 1i))");
}

#[test]
fn a_product_that_may_not_fit_is_a_float_when_stored_and_checked_as_an_index() {
    let product = || binary(B::Multiply, x(), x());
    assert_eq!(stored(product()), "(f32(id.0) * f32(id.0))");
    assert_eq!(indexed(product()), "buffer[(id.0 checked* id.0)]");
    let cell = binary(B::Add, binary(B::Multiply, y(), number(640.0)), x());
    assert_eq!(indexed(cell), "buffer[((id.1 checked* 640i) checked+ id.0)]");
}

#[test]
fn the_last_sum_of_an_index_may_wrap() {
    assert_eq!(indexed(binary(B::Add, x(), number(2.0))), "buffer[(id.0 + 2i)]");
    assert_eq!(indexed(binary(B::Add, x(), y())), "buffer[(id.0 + id.1)]");
    assert_eq!(indexed(binary(B::Subtract, x(), number(5.0))), "buffer[(id.0 - 5i)]");
}

#[test]
fn float_indices_are_rounded_down() {
    assert_eq!(indexed(uniform()), "buffer[i32(uniform)]");
    assert_eq!(indexed(floor(uniform())), "buffer[i32(uniform)]");
    assert_eq!(indexed(number(2.5)), "buffer[2i]");
    assert_eq!(indexed(number(1e20)), "buffer[-2147483648i]");
    assert_eq!(indexed(binary(B::Divide, x(), number(2.0))), "buffer[(id.0 floor/ 2i)]");
    assert_eq!(indexed(binary(B::Multiply, uniform(), number(0.5))), "buffer[i32((uniform * 0.5f))]");
    let next = binary(B::Add, floor(uniform()), number(1.0));
    assert_eq!(indexed(next), "buffer[(i32(uniform) checked+ 1i)]");
}

#[test]
fn division_is_of_floats_unless_rounded() {
    let half = || binary(B::Divide, x(), number(2.0));
    assert_eq!(stored(half()), "(f32(id.0) / 2f)");
    assert_eq!(stored(floor(half())), "f32((id.0 floor/ 2i))");
    assert_eq!(stored(binary(B::BitOr, half(), zero())), "f32((id.0 trunc/ 2i))");
    let twice = unary(UnaryOp::BitNot, unary(UnaryOp::BitNot, half()));
    assert_eq!(stored(twice), "f32((id.0 trunc/ 2i))");
    let shifted = binary(B::ShiftRight, half(), number(3.0));
    assert_eq!(stored(shifted), "f32(((id.0 trunc/ 2i) >> 3i))");
    assert_eq!(stored(floor(binary(B::Divide, x(), y()))), "floor((f32(id.0) / f32(id.1)))");
}

#[test]
fn hashes_wrap_as_in_javascript() {
    let product = |of: Expression, by| binary(B::Multiply, of, number(by));
    let sum = binary(B::Add, product(x(), 374_761_393.0), product(y(), 668_265_263.0));
    let hash = binary(B::BitXor, sum, number(4_294_967_295.0));
    assert_eq!(stored(hash), "f32((((id.0 * 374761393i) + (id.1 * 668265263i)) ^ -1i))");
    assert_eq!(stored(binary(B::BitXor, uniform(), x())), "f32((toInt32(uniform) ^ id.0))");
}

#[test]
fn unsigned_shifts_are_unsigned_unless_they_fit() {
    let shift = |count| binary(B::ShiftRightUnsigned, binary(B::BitXor, x(), number(-1.0)), number(count));
    let text = body(2, vec![declare(0, shift(0.0)), declare(1, shift(5.0))]);
    assert_eq!(text, ["u32 v0 = u32((id.0 ^ -1i))", "i32 v1 = i32(((id.0 ^ -1i) >>> 5i))"]);
    let unit = binary(B::Divide, shift(0.0), number(4_294_967_296.0));
    assert_eq!(stored(unit), "(f32(u32((id.0 ^ -1i))) / 4294967296f)");
    let bucket = binary(B::Remainder, shift(0.0), number(10.0));
    assert_eq!(stored(bucket), "f32(i32((u32((id.0 ^ -1i)) % 10u)))");
}

#[test]
fn a_counter_runs_as_an_integer_to_a_float() {
    let statements = count(0, uniform(), vec![store(local(0), local(0))]);
    let text = body(1, statements.into());
    assert_eq!(
        text,
        [
            "i32 v0 = 0i",
            "while (v0 < ((uniform >= 2147483648f) ? 2147483647i : i32(ceil(uniform))))",
            "buffer[v0] = f32(v0)",
            "v0 = (v0 + 1i)"
        ]
    );
}

#[test]
fn a_counter_with_a_bound_may_be_compared_as_a_float_and_sums_fit() {
    let sum = assign(1, binary(B::Add, local(1), local(0)));
    let mut statements = vec![declare(1, zero())];
    statements.extend(count(0, number(10_000.0), vec![sum]));
    statements.push(when(binary(B::Less, local(0), uniform()), Vec::new()));
    let text = body(2, statements);
    assert_eq!(text[0], "i32 v1 = 0i");
    assert_eq!(text[2], "while (v0 < 10000i)");
    assert_eq!(text[3], "v1 = (v1 + v0)");
    assert_eq!(text[5], "if (f32(v0) < uniform)");
}

#[test]
fn a_sum_that_does_not_fit_and_a_factorial_stay_floats() {
    let sum = assign(1, binary(B::Add, local(1), local(0)));
    let mut statements = vec![declare(1, zero())];
    statements.extend(count(0, number(1e6), vec![sum]));
    assert_eq!(body(2, statements)[3], "v1 = (v1 + f32(v0))");
    let product = assign(1, binary(B::Multiply, local(1), local(0)));
    let mut statements = vec![declare(1, number(1.0))];
    statements.extend(count(0, number(30.0), vec![product]));
    assert_eq!(body(2, statements)[0], "f32 v1 = 1f");
}

#[test]
fn an_index_of_unknown_bounds_is_an_integer_all_the_same() {
    let cell = binary(B::Add, binary(B::Multiply, y(), number(640.0)), x());
    let text = body(1, vec![declare(0, cell), store(local(0), local(0))]);
    assert_eq!(text, ["i32 v0 = ((id.1 checked* 640i) checked+ id.0)", "buffer[v0] = f32(v0)"]);
    let text = body(1, vec![declare(0, floor(uniform())), store(local(0), local(0))]);
    assert_eq!(text, ["f32 v0 = floor(uniform)", "buffer[i32(v0)] = v0"]);
}

#[test]
fn integers_are_compared_with_floats_exactly() {
    let guard = |op| tested(binary(op, x(), uniform()));
    assert_eq!(guard(B::LessEqual), "((uniform >= 2147483648f) || (id.0 <= i32(uniform)))");
    assert_eq!(guard(B::Greater), "((uniform < 2147483648f) && (id.0 > i32(uniform)))");
    assert_eq!(guard(B::GreaterEqual), "((uniform < 2147483648f) && (id.0 >= i32(ceil(uniform))))");
    assert_eq!(guard(B::Equal), "((id.0 === i32(uniform)) && (f32(id.0) === uniform))");
    assert_eq!(tested(binary(B::Less, x(), number(2.5))), "(id.0 < 3i)");
    assert_eq!(tested(binary(B::Less, x(), number(3e9))), "(u32(id.0) < 3000000000u)");
    assert_eq!(tested(binary(B::Less, x(), number(1e12))), "true");
    assert_eq!(tested(binary(B::Equal, x(), number(0.5))), "false");
    let stencil = binary(B::Less, binary(B::Add, x(), number(2.0)), number(33_554_432.0));
    assert_eq!(tested(stencil), "(u32((id.0 + 2i)) < 33554432u)");
}

#[test]
fn a_negative_zero_keeps_its_sign() {
    assert_eq!(body(1, vec![declare(0, number(-0.0))]), ["f32 v0 = -0f"]);
}

#[test]
fn integers_stay_integers_in_functions_that_allow_it() {
    let largest = builtin(Builtin::Max, vec![binary(B::Subtract, x(), number(1.0)), zero()]);
    assert_eq!(stored(largest), "f32(max((id.0 - 1i), 0i))");
    assert_eq!(stored(builtin(Builtin::Sin, vec![x()])), "sin(f32(id.0))");
    assert_eq!(stored(builtin(Builtin::Round, vec![x()])), "f32(id.0)");
    let chosen = select(binary(B::Less, x(), number(3.0)), x(), number(0.5));
    assert_eq!(stored(chosen), "((id.0 < 3i) ? f32(id.0) : 0.5f)");
}

#[test]
fn parameters_and_results_are_joined_over_all_calls() {
    let next = give(binary(B::Add, local(0), number(1.0)));
    let callee = function(1, &[Type::NUMBER], Some(Type::NUMBER), vec![next]);
    let mut whole = kernel(0, vec![store(call(0, vec![number(3.0)]), call(0, vec![number(4.0)]))]);
    whole.functions.push(callee.clone());
    let result = represent(&whole, MAX_EXTENT);
    assert_eq!(result.functions[0].result, Some(Type::I32));
    assert_eq!(show::function(&result.entry), ["buffer[f0(3i)] = f32(f0(4i))"]);
    let mut whole = kernel(0, vec![store(zero(), call(0, vec![uniform()]))]);
    whole.functions.push(callee);
    let result = represent(&whole, MAX_EXTENT);
    assert_eq!(result.functions[0].result, Some(Type::F32));
    assert_eq!(show::function(&result.functions[0]), ["return (v0 + 1f)"]);
}

#[test]
fn vectors_have_one_representation() {
    let corner = || compose(vec![number(1.0), number(2.0), number(3.0)]);
    let moved = binary(B::Subtract, thread(), corner());
    let mut whole =
        kernel(0, vec![declare(0, moved), store(component(local_of(0, Type::vector(3)), 1), zero())]);
    whole.entry.locals = function(0, &[Type::vector(3)], None, Vec::new()).locals;
    assert_eq!(lines(whole), ["i32 v0 = (id - vec(1i, 2i, 3i))", "buffer[v0.1] = 0f"]);
    let mut whole = kernel(0, vec![declare(0, binary(B::Multiply, thread(), number(0.5)))]);
    whole.entry.locals = function(0, &[Type::vector(3)], None, Vec::new()).locals;
    assert_eq!(lines(whole), ["f32 v0 = (f32(id) * 0.5f)"]);
}

#[test]
fn a_binary_search_stays_in_integers() {
    let middle = || binary(B::ShiftRight, binary(B::Add, local(0), local(1)), number(1.0));
    let below = binary(B::Less, load(local(2)), uniform());
    let round = vec![
        declare(2, middle()),
        when(below, vec![assign(0, binary(B::Add, local(2), number(1.0)))]),
        assign(1, local(2)),
    ];
    let search = repeat(binary(B::Less, local(0), local(1)), assign(1, local(1)), round);
    let text = body(3, vec![declare(0, zero()), declare(1, number(1000.0)), search]);
    assert_eq!(text[0], "i32 v0 = 0i");
    assert_eq!(text[3], "i32 v2 = ((v0 + v1) >> 1i)");
}

#[test]
fn nothing_is_left_open() {
    let statements = count(0, uniform(), vec![store(local(0), floor(uniform()))]);
    let result = represent(&kernel(1, statements.into()), MAX_EXTENT);
    result.entry.body.walk_expressions(&mut |expression| assert_ne!(expression.ty.scalar(), Scalar::Number));
}

#[test]
fn an_array_has_one_representation_and_so_have_its_copies() {
    let with_arrays = |statements| {
        let mut whole = kernel(0, statements);
        whole.entry.locals = function(0, &[array_type(2), array_type(2)], None, Vec::new()).locals;
        lines(whole)
    };
    let integers = || declare(0, array_of(vec![number(1.0), x()]));
    let copy = || declare(1, local_of(0, array_type(2)));
    let read = || store(element(1, x()), element(1, number(1.5)));
    assert_eq!(
        with_arrays(vec![integers(), copy(), read()]),
        ["i32 v0 = [1i, id.0]", "i32 v1 = v0", "buffer[v1[id.0]] = f32(v1[1i])"]
    );
    let half = assign_element(1, x(), number(0.5));
    assert_eq!(
        with_arrays(vec![integers(), copy(), half, read()]),
        ["f32 v0 = [1f, f32(id.0)]", "f32 v1 = v0", "v1[id.0] = 0.5f", "buffer[i32(v1[id.0])] = v1[1i]"]
    );
    let hash = || binary(B::ShiftRightUnsigned, binary(B::BitXor, x(), number(-1.0)), number(0.0));
    let states = declare(0, array_of(vec![hash(), number(7.0)]));
    assert_eq!(with_arrays(vec![states]), ["u32 v0 = [u32((id.0 ^ -1i)), 7u]"]);
}

#[test]
fn nested_comparisons_do_not_double() {
    let mut value = x();
    for _ in 0..40 {
        value = select(binary(B::Equal, value.clone(), uniform()), x(), number(1.0));
        let sum = binary(B::Add, binary(B::Add, uniform(), uniform()), binary(B::Add, uniform(), uniform()));
        value = select(binary(B::Less, x(), binary(B::Add, sum, value)), x(), number(2.0));
    }
    assert!(stored(value).len() < 10_000);
}

#[test]
fn a_call_with_effects_is_pinned_where_its_result_is_converted() {
    let mut callee = function(0, &[], Some(Type::NUMBER), vec![store(zero(), zero()), give(number(3.0))]);
    callee.effects.writes = true;
    let mut whole =
        kernel(1, vec![declare(0, call(0, vec![])), assign(0, number(0.5)), store(zero(), call(0, vec![]))]);
    whole.functions.push(callee);
    let result = represent(&whole, MAX_EXTENT).entry;
    assert_eq!(
        show::function(&result),
        ["i32 v1 = f0()", "f32 v0 = f32(v1)", "v0 = 0.5f", "i32 v2 = f0()", "buffer[0i] = f32(v2)"]
    );
    assert_eq!(result.locals.len(), 3);
}
