//! Functions of the library that are put together from others: `mix`, `clamp`, `fract`, `step` and `smoothstep`, of numbers and, component by
//! component, of vectors of numbers.

use super::expressions::{binary, compare};
use super::references::take;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::Span;
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Type};

/// A function that is put together from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blend {
    Mix,
    Clamp,
    Fract,
    Step,
    Smoothstep,
}

/// Each by its name, and which of its parameters may be a number where others are vectors.
const BLENDS: [(&str, Blend, &[bool]); 5] = [
    ("mix", Blend::Mix, &[false, false, true]),
    ("clamp", Blend::Clamp, &[false, true, true]),
    ("fract", Blend::Fract, &[false]),
    ("step", Blend::Step, &[true, false]),
    ("smoothstep", Blend::Smoothstep, &[true, true, false]),
];

impl Blend {
    pub(super) fn of(name: &str) -> Option<Self> {
        BLENDS.iter().find(|(known, ..)| *known == name).map(|(_, blend, _)| *blend)
    }
}

impl Lowerer<'_> {
    /// The call of such a function.
    pub(super) fn blend(&mut self, blend: Blend, values: Vec<Expression>, span: Span) -> Lowered<Expression> {
        let (name, _, may_be_number) = BLENDS[blend as usize];
        let main = may_be_number.iter().position(|may| !may).unwrap_or_default();
        let ty = values.get(main).map(|value| value.ty).filter(|&ty| is_of_numbers(ty));
        let fits = |ty: Type| {
            let fits = |(value, may): (&Expression, &bool)| value.ty == ty || (*may && value.ty.is_number());
            values.len() == may_be_number.len() && values.iter().zip(may_be_number).all(fits)
        };
        let Some(ty) = ty.filter(|&ty| fits(ty)) else {
            return self.refuse(messages::no_overload(&values, span, || {
                let list = |main: &str, other: &str| {
                    let words = may_be_number.iter().map(|&may| if may { other } else { main });
                    words.collect::<Vec<_>>().join(", ")
                };
                let of = |main: &str, other: &str| format!("{name}({}) → {main}", list(main, other));
                (name.to_owned(), vec![of("number", "number"), of("vecN", "vecN or number")])
            }));
        };
        let mut values: Vec<Expression> = values.into_iter().map(|value| lifted(value, ty)).collect();
        // Written more than once, each is computed once.
        for value in &mut values {
            let is_known = matches!(value.kind, ExpressionKind::Literal(_) | ExpressionKind::Splat(_));
            if !is_known {
                *value = self.duplicable(value.clone());
            }
        }
        Ok(match (blend, &values[..]) {
            (Blend::Mix, [from, to, t]) => {
                let left =
                    calculated(BinaryOp::Subtract, lifted(Expression::number(1.0, span), ty), t.clone());
                let from = calculated(BinaryOp::Multiply, from.clone(), left);
                calculated(BinaryOp::Add, from, calculated(BinaryOp::Multiply, to.clone(), t.clone()))
            }
            (Blend::Clamp, [value, low, high]) => clamped(value.clone(), low.clone(), high.clone()),
            (Blend::Fract, [value]) => {
                let floor =
                    ExpressionKind::Builtin { builtin: Builtin::Floor, arguments: vec![value.clone()] };
                calculated(BinaryOp::Subtract, value.clone(), Expression::new(floor, ty, span))
            }
            (Blend::Step, [edge, value]) => by_component(ty, span, |component| {
                let [edge, value] = [edge, value].map(|of| part(of, component, span));
                let kind = ExpressionKind::Select {
                    condition: Box::new(compare(BinaryOp::Less, value, edge)),
                    accept: Box::new(Expression::number(0.0, span)),
                    reject: Box::new(Expression::number(1.0, span)),
                };
                Expression::new(kind, Type::NUMBER, span)
            }),
            (Blend::Smoothstep, [low, high, value]) => {
                let way = calculated(BinaryOp::Subtract, value.clone(), low.clone());
                let whole = calculated(BinaryOp::Subtract, high.clone(), low.clone());
                let number = |number| lifted(Expression::number(number, span), ty);
                let share = clamped(calculated(BinaryOp::Divide, way, whole), number(0.0), number(1.0));
                let share = self.duplicable(share);
                let square = calculated(BinaryOp::Multiply, share.clone(), share.clone());
                let twice = calculated(BinaryOp::Multiply, number(2.0), share);
                calculated(BinaryOp::Multiply, square, calculated(BinaryOp::Subtract, number(3.0), twice))
            }
            _ => unreachable!("as many values as parameters"),
        })
    }

    /// A call of a builtin function of numbers that the library exports.
    pub(super) fn library_call(
        &mut self,
        builtin: Builtin,
        values: Vec<Expression>,
        span: Span,
    ) -> Lowered<Expression> {
        let arity = usize::from(builtin.arity());
        if values.len() == arity && values.iter().all(|value| value.ty.is_number()) {
            let kind = ExpressionKind::Builtin { builtin, arguments: values };
            return Ok(Expression::new(kind, Type::NUMBER, span));
        }
        self.refuse(messages::no_overload(&values, span, || {
            let name = builtin.name().to_owned();
            let candidate = format!("{name}({}) → number", vec!["number"; arity].join(", "));
            (name, vec![candidate])
        }))
    }
}

fn is_of_numbers(ty: Type) -> bool {
    ty.is_number() || (ty.is_vector() && !ty.scalar().is_integer())
}

/// The value, or a vector that repeats it.
fn lifted(value: Expression, ty: Type) -> Expression {
    if value.ty == ty {
        return value;
    }
    let span = value.span;
    Expression::new(ExpressionKind::Splat(Box::new(value)), ty, span)
}

fn calculated(op: BinaryOp, left: Expression, right: Expression) -> Expression {
    let (ty, span) = (left.ty, left.span);
    binary(op, left, right, ty, span)
}

fn clamped(value: Expression, low: Expression, high: Expression) -> Expression {
    let (ty, span) = (value.ty, value.span);
    let kind = ExpressionKind::Builtin { builtin: Builtin::Max, arguments: vec![value, low] };
    let kind = ExpressionKind::Builtin {
        builtin: Builtin::Min,
        arguments: vec![Expression::new(kind, ty, span), high],
    };
    Expression::new(kind, ty, span)
}

fn by_component(ty: Type, span: Span, of: impl Fn(u8) -> Expression) -> Expression {
    if ty.is_number() {
        return of(0);
    }
    let parts = (0..ty.components()).map(of).collect();
    Expression::new(ExpressionKind::Compose(parts), ty, span)
}

fn part(value: &Expression, component: u8, span: Span) -> Expression {
    match &value.kind {
        _ if value.ty.is_number() => value.clone(),
        ExpressionKind::Splat(number) => (**number).clone(),
        _ => take(value.clone(), &[component], span),
    }
}
