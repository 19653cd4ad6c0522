//! Statements, functions and kernels.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{EDGES, Expressions, deeper, leaves, shape, size, which};
use crate::tree::{Case, Count, Function, Jump, Kernel, Parameter, Statement};

/// Any kernel.
pub(crate) fn kernels() -> impl Strategy<Value = Kernel> {
    let values = deeper(&deeper(&leaves()));
    let parameter = prop_oneof![
        Just(Parameter::Number),
        Just(Parameter::Boolean),
        (2..=3_u8).prop_map(Parameter::Vector),
        shape().prop_map(Parameter::Cell),
    ];
    let body = vec(statements(&values, 2), 0..2);
    let function = (vec(parameter, 0..3), body, values.int.clone());
    let function = function.prop_map(|(parameters, body, result)| Function { parameters, body, result });
    let body = vec(statements(&values, 3), 1..6);
    (1..=3_usize, any::<bool>(), vec(function, 0..3), body)
        .prop_map(|(rank, has_fractions, functions, body)| Kernel { rank, has_fractions, functions, body })
}

fn assignment() -> impl Strategy<Value = &'static str> {
    select(vec!["=", "+=", "-=", "*=", "&=", "|=", "^=", "<<=", ">>=", ">>>=", "%="])
}

/// Statements without others in them.
fn simple(values: &Expressions) -> BoxedStrategy<Statement> {
    use Statement as S;
    let Expressions { int, bool, double, vector, cell, float } = values;
    let declarations = prop_oneof![
        6 => (any::<bool>(), int.clone()).prop_map(|(constant, a)| S::LetInt(constant, a)),
        1 => bool.clone().prop_map(S::LetBool),
        1 => double.clone().prop_map(S::LetDouble),
        1 => float.clone().prop_map(S::LetFloat),
        1 => (size(), vector.clone()).prop_map(|(n, v)| S::LetVector(n, v)),
        1 => (shape(), cell.clone()).prop_map(|(shape, v)| S::LetCell(shape, v)),
        1 => vec(int.clone(), 1..4).prop_map(S::LetArray),
        1 => (1..5_u8, int.clone()).prop_map(|(length, a)| S::LetFilled(length, a)),
    ];
    let assignments = prop_oneof![
        6 => (which(), assignment(), int.clone()).prop_map(|(to, op, a)| S::SetInt(to, op, a)),
        1 => (which(), select(vec!["++", "--"])).prop_map(|(to, op)| S::Step(to, op)),
        1 => (which(), bool.clone()).prop_map(|(to, a)| S::SetBool(to, a)),
        1 => (which(), double.clone()).prop_map(|(to, a)| S::SetDouble(to, a)),
        1 => (which(), float.clone()).prop_map(|(to, a)| S::SetFloat(to, a)),
        1 => (which(), vector.clone()).prop_map(|(to, a)| S::SetVector(to, a)),
        1 => (which(), cell.clone()).prop_map(|(to, a)| S::SetCell(to, a)),
        1 => (which(), which(), int.clone()).prop_map(|(to, part, a)| S::SetComponent(to, part, a)),
        1 => (which(), int.clone(), int.clone()).prop_map(|(to, index, a)| S::SetElement(to, index, a)),
    ];
    let colors = [int.clone(), int.clone(), int.clone()];
    let stores = prop_oneof![
        8 => (which(), assignment(), int.clone()).prop_map(|(buffer, op, a)| S::Store(buffer, op, a)),
        1 => (int.clone(), assignment(), int.clone()).prop_map(|(index, op, a)| S::StoreSlot(index, op, a)),
        1 => bool.clone().prop_map(S::StoreFlag),
        2 => double.clone().prop_map(S::StoreDouble),
        1 => float.clone().prop_map(S::StoreFloat),
        1 => vector.clone().prop_map(S::StoreVector),
        1 => cell.clone().prop_map(S::StoreCell),
        1 => (any::<bool>(), which(), int.clone()).prop_map(|(cells, part, a)| S::StoreComponent(cells, part, a)),
        1 => (any::<bool>(), colors).prop_map(|(between, color)| S::Paint(between, color)),
    ];
    let jump = select(vec![Jump::Return, Jump::Break, Jump::Continue]);
    let jump =
        (bool.clone(), jump, 0..3_u8).prop_map(|(condition, jump, outer)| S::Jump(condition, jump, outer));
    prop_oneof![4 => stores, 4 => declarations, 4 => assignments, 1 => jump].boxed()
}

/// How loops count.
fn counts(values: &Expressions) -> BoxedStrategy<Count> {
    let int = || values.int.clone();
    prop_oneof![
        1 => (0..6_u8).prop_map(Count::Up),
        1 => (0..6_u8).prop_map(Count::Down),
        1 => (0..9_u8).prop_map(Count::Twos),
        2 => (select(EDGES), 0..9_u8).prop_map(|(edge, before)| Count::From(edge - f64::from(before), before)),
        1 => (select(EDGES), 0..9_u8).prop_map(|(edge, before)| Count::DownFrom(edge, before)),
        2 => which().prop_map(Count::Uniform),
        2 => (any::<bool>(), 1..4_u8, int(), int()).prop_map(|(up, step, from, to)| Count::Between(up, step, from, to)),
        1 => (which(), int()).prop_map(|(buffer, index)| Count::Row(buffer, index)),
        1 => (any::<bool>(), int()).prop_map(|(bits, of)| Count::Digits(bits, of)),
    ]
    .boxed()
}

/// Statements with others in them, up to some depth.
fn statements(values: &Expressions, depth: u32) -> BoxedStrategy<Statement> {
    let counts = counts(values);
    let Expressions { int, bool, .. } = values.clone();
    simple(values)
        .prop_recursive(depth, 24, 3, move |inner| {
            let block = || vec(inner.clone(), 0..4);
            let value = prop_oneof![4 => (-2..5_i8).prop_map(f64::from), 1 => select(EDGES)];
            let case = (prop::option::weighted(0.8, value), block(), any::<bool>());
            let case = case.prop_map(|(value, body, falls)| Case { value, body, falls });
            prop_oneof![
                2 => inner.clone(),
                3 => (bool.clone(), block(), block()).prop_map(|(c, a, b)| Statement::If(c, a, b)),
                4 => (counts.clone(), block()).prop_map(|(count, body)| Statement::For(count, body)),
                1 => (0..5_u8, bool.clone(), block()).prop_map(|(n, c, body)| Statement::While(n, c, body)),
                1 => (0..5_u8, bool.clone(), block()).prop_map(|(n, c, body)| Statement::DoWhile(n, c, body)),
                2 => (int.clone(), vec(case, 0..4)).prop_map(|(on, cases)| Statement::Switch(on, cases)),
            ]
        })
        .boxed()
}
