//! JavaScript's own functions of numbers beside `Math`: `Number`, `Boolean`, `isNaN`, `isFinite`, and what `Number` has.

use super::expressions::{binary, compare, negate_condition};
use super::names::named_member;
use super::operators::number_of;
use super::{Lowered, Lowerer, messages};
use crate::analysis::value::EXACT;
use crate::diagnostics::Span;
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Type};
use crate::syntax::tree::{Call, Expression as Syntax};

/// The constants of `Number`.
const CONSTANTS: [(&str, f64); 8] = [
    ("EPSILON", f64::EPSILON),
    ("MAX_SAFE_INTEGER", EXACT),
    ("MIN_SAFE_INTEGER", -EXACT),
    ("MAX_VALUE", f64::MAX),
    ("MIN_VALUE", 5e-324),
    ("POSITIVE_INFINITY", f64::INFINITY),
    ("NEGATIVE_INFINITY", f64::NEG_INFINITY),
    ("NaN", f64::NAN),
];

/// A function of a number or a boolean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Global {
    Number,
    Boolean,
    IsNaN,
    IsFinite,
    /// One of `Number`: of a boolean it is false.
    Strict(Strict),
}

/// A question to a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strict {
    IsNaN,
    IsFinite,
    IsInteger,
    IsSafeInteger,
}

impl<'a> Lowerer<'a> {
    /// `Number.EPSILON` and its like.
    pub(super) fn number_constant(&self, syntax: &Syntax<'a>) -> Option<f64> {
        let (object, name, _) = named_member(syntax)?;
        let (_, value) = CONSTANTS.iter().find(|(known, _)| *known == name)?;
        self.is_free(object, "Number").then_some(*value)
    }

    /// The function that a callee is.
    pub(super) fn global(&self, callee: &Syntax<'a>) -> Option<Global> {
        if let Some((object, name, _)) = named_member(callee) {
            let strict = match name {
                "isNaN" => Strict::IsNaN,
                "isFinite" => Strict::IsFinite,
                "isInteger" => Strict::IsInteger,
                "isSafeInteger" => Strict::IsSafeInteger,
                _ => return None,
            };
            return self.is_free(object, "Number").then_some(Global::Strict(strict));
        }
        let Syntax::Identifier(identifier) = callee else { return None };
        let global = match identifier.name {
            "Number" => Global::Number,
            "Boolean" => Global::Boolean,
            "isNaN" => Global::IsNaN,
            "isFinite" => Global::IsFinite,
            _ => return None,
        };
        self.is_free(callee, identifier.name).then_some(global)
    }

    pub(super) fn call_global(
        &mut self,
        global: Global,
        call: &'a Call<'a>,
        span: Span,
    ) -> Lowered<Expression> {
        let arguments = self.plain_arguments(call)?;
        let values = self.lower_values(&arguments)?;
        let (Ok([value]), true) =
            (<[Expression; 1]>::try_from(values.clone()), values.iter().all(|value| is_scalar(value.ty)))
        else {
            let name = self.text(call.callee.span()).to_owned();
            return self.refuse(messages::no_overload(&values, span, || {
                let candidates = [format!("{name}(number)"), format!("{name}(boolean)")];
                (name.clone(), candidates.to_vec())
            }));
        };
        let is_bool = value.ty.is_bool();
        match global {
            Global::Number => Ok(number_of(value)),
            Global::Boolean => self.truth(value),
            Global::Strict(_) if is_bool => {
                // It is evaluated all the same.
                self.duplicable(value);
                Ok(Expression::bool(false, span))
            }
            Global::Strict(question) => Ok(self.ask(question, value, span)),
            Global::IsNaN => Ok(self.ask(Strict::IsNaN, number_of(value), span)),
            Global::IsFinite => Ok(self.ask(Strict::IsFinite, number_of(value), span)),
        }
    }

    fn ask(&mut self, question: Strict, number: Expression, span: Span) -> Expression {
        let number = self.duplicable(number);
        let of = |builtin| {
            let kind = ExpressionKind::Builtin { builtin, arguments: vec![number.clone()] };
            Expression::new(kind, Type::NUMBER, span)
        };
        let below = |op, limit| compare(op, of(Builtin::Abs), Expression::number(limit, span));
        let is_whole = || compare(BinaryOp::Equal, of(Builtin::Floor), number.clone());
        let both = |limited| binary(BinaryOp::And, is_whole(), limited, Type::BOOL, span);
        match question {
            Strict::IsNaN => negate_condition(compare(BinaryOp::Equal, number.clone(), number.clone()), span),
            Strict::IsFinite => below(BinaryOp::Less, f64::INFINITY),
            Strict::IsInteger => both(below(BinaryOp::Less, f64::INFINITY)),
            Strict::IsSafeInteger => both(below(BinaryOp::LessEqual, EXACT)),
        }
    }
}

fn is_scalar(ty: Type) -> bool {
    ty.is_number() || ty.is_bool()
}
