//! Vectors: what makes them, and their methods.
//!
//! Vectors of numbers have the functions of `Math` that the table of builtins lists, and geometry. Vectors of integers have what stays an integer,
//! and bits; whatever is put into one is converted as typed arrays do.

use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span, closest};
use crate::ir::builtins::{Signature, TABLE};
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Scalar, Type, UnaryOp};

/// A method that is an operator.
struct Operator {
    name: &'static str,
    op: BinaryOp,
    /// Whether it also takes a number, for all components.
    takes_number: bool,
}

const fn operator(name: &'static str, op: BinaryOp, takes_number: bool) -> Operator {
    Operator { name, op, takes_number }
}

/// The operators of all vectors.
const OPERATORS: &[Operator] = &[
    operator("plus", BinaryOp::Add, false),
    operator("minus", BinaryOp::Subtract, false),
    operator("times", BinaryOp::Multiply, true),
    operator("equals", BinaryOp::Equal, false),
    operator("notEquals", BinaryOp::NotEqual, false),
];

/// The operators of vectors of numbers only.
const FLOAT_OPERATORS: &[Operator] = &[operator("div", BinaryOp::Divide, true)];

/// The operators of vectors of integers only; without a sign, `shiftRight` moves zeros in.
const INTEGER_OPERATORS: &[Operator] = &[
    operator("and", BinaryOp::BitAnd, false),
    operator("or", BinaryOp::BitOr, false),
    operator("xor", BinaryOp::BitXor, false),
    operator("shiftLeft", BinaryOp::ShiftLeft, true),
    operator("shiftRight", BinaryOp::ShiftRight, true),
];

/// The functions of `Math` that vectors of integers have.
const INTEGER_BUILTINS: &[Builtin] = &[Builtin::Abs, Builtin::Max, Builtin::Min];

/// The operators that a vector has.
fn operators(vector: Type) -> impl Iterator<Item = &'static Operator> {
    let others = if vector.scalar().is_integer() { INTEGER_OPERATORS } else { FLOAT_OPERATORS };
    OPERATORS.iter().chain(others)
}

/// Whether a vector has a builtin as a method.
fn has_builtin(vector: Type, builtin: Builtin) -> bool {
    let suits = !vector.scalar().is_integer() || INTEGER_BUILTINS.contains(&builtin);
    suits && builtin.row().sizes.contains(&vector.components())
}

impl Lowerer<'_> {
    /// `vecN(…)`: one number for all components, or parts whose components add up.
    pub(super) fn compose(
        &mut self,
        ty: Type,
        mut parts: Vec<Expression>,
        span: Span,
    ) -> Lowered<Expression> {
        let size = ty.components();
        let fit = parts.iter().all(|part| part.ty.is_number() || part.ty.is_vector());
        let total: u32 = parts.iter().map(|part| u32::from(part.ty.components())).sum();
        if fit && parts.len() == 1 && parts[0].ty.is_number() {
            let value = Box::new(parts.remove(0));
            return Ok(Expression::new(ExpressionKind::Splat(value), ty, span));
        }
        if fit && total == u32::from(size) {
            return Ok(Expression::new(ExpressionKind::Compose(parts), ty, span));
        }
        self.refuse(messages::no_overload(&parts, span, || {
            let name = ty.user_name();
            let letters = ["x", "y", "z", "w"][..usize::from(size)].join(", ");
            let candidates = vec![
                format!("{name}({letters})"),
                format!("{name}(s) with the same number in each component"),
                format!("{name}(parts…) of numbers and vectors with {size} components in all"),
            ];
            (name, candidates)
        }))
    }

    /// `vector.name(…)`; `values` begins with the vector.
    pub(super) fn method(
        &mut self,
        name: &str,
        name_span: Span,
        values: Vec<Expression>,
        span: Span,
    ) -> Lowered<Expression> {
        let receiver = values[0].ty;
        if !receiver.is_vector() {
            let diagnostic = Diagnostic::new(Code::UnknownMember, name_span)
                .message(format!("{} has no method `{name}`", receiver.with_article()));
            return self.refuse(match Builtin::of_math(name) {
                Some(_) if receiver.is_number() => {
                    let values: Vec<&str> = values.iter().map(|value| self.text(value.span)).collect();
                    diagnostic.help(format!("write `Math.{name}({})`", values.join(", ")))
                }
                _ => diagnostic.note("only vectors have methods"),
            });
        }
        if let Some(operator) = operators(receiver).find(|operator| operator.name == name) {
            return self.vector_operator(operator, values, span);
        }
        if name == "not" && receiver.scalar().is_integer() {
            return self.bits_inverted(values, span);
        }
        match Builtin::of_method(name) {
            Some(builtin) if has_builtin(receiver, builtin) => self.builtin_method(builtin, values, span),
            _ => self.unknown_method(name, &values[0], name_span),
        }
    }

    fn unknown_method<T>(&mut self, name: &str, vector: &Expression, span: Span) -> Lowered<T> {
        let ty = vector.ty;
        let diagnostic = Diagnostic::new(Code::UnknownMember, span)
            .message(format!("{} has no method `{name}`", ty.with_article()));
        let other = match ty.scalar() {
            Scalar::I32 | Scalar::U32 => Type::vector(ty.components()),
            _ => Type::Vector(ty.components(), Scalar::I32),
        };
        let is_of = |ty, name: &str| {
            operators(ty).any(|operator| operator.name == name)
                || Builtin::of_method(name).is_some_and(|builtin| has_builtin(ty, builtin))
                || (name == "not" && ty.scalar().is_integer())
        };
        if is_of(other, name) {
            let kind = if ty.scalar().is_integer() { "floats" } else { "integers" };
            let (other, vector) = (other.user_name(), self.text(vector.span));
            return self.refuse(diagnostic.help(format!("make {kind} of it first: `{other}({vector})`")));
        }
        if let Some(builtin) = Builtin::of_method(name).filter(|_| !ty.scalar().is_integer()) {
            let sizes: Vec<String> = builtin.row().sizes.iter().map(|size| format!("vec{size}")).collect();
            return self.refuse(diagnostic.note(format!("only {} has it", sizes.join(" and "))));
        }
        let methods = TABLE.iter().filter(|row| has_builtin(ty, row.builtin)).filter_map(|row| row.method);
        let synonym = match name {
            "add" => Some("plus"),
            "sub" | "subtract" => Some("minus"),
            "mul" | "multiply" | "scale" => Some("times"),
            "divide" if !ty.scalar().is_integer() => Some("div"),
            "normalize" => Some("normalized"),
            "distance" | "distanceTo" => Some("dist"),
            "magnitude" | "len" | "norm" => Some("length"),
            "mod" | "rem" => None,
            _ => closest(name, operators(ty).map(|operator| operator.name).chain(methods)),
        };
        self.refuse(match synonym.filter(|near| is_of(ty, near)) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        })
    }

    fn vector_operator(
        &mut self,
        operator: &Operator,
        values: Vec<Expression>,
        span: Span,
    ) -> Lowered<Expression> {
        let &Operator { name, op, takes_number } = operator;
        let receiver = values[0].ty;
        let fits =
            values.len() == 2 && (values[1].ty == receiver || (takes_number && values[1].ty.is_number()));
        if !fits {
            return self.refuse(messages::no_overload(&values[1..], span, || {
                let ty = receiver.user_name();
                let result = if op.is_comparison() { "boolean" } else { &ty };
                let mut candidates = vec![format!("{ty}.{name}({ty}) → {result}")];
                if takes_number {
                    candidates.push(format!("{ty}.{name}(number) → {result}"));
                }
                (format!("{ty}.{name}"), candidates)
            }));
        }
        let ty = if op.is_comparison() { Type::BOOL } else { receiver };
        // Without `expect`, which would bring code that prints what is wrong to pages.
        let Ok([left, mut right]) = <[Expression; 2]>::try_from(values) else {
            unreachable!("there are two")
        };
        if receiver.scalar().is_integer() && right.ty.is_number() {
            let span = right.span;
            right = Expression::new(ExpressionKind::Splat(Box::new(right)), receiver, span);
        }
        let is_unsigned = op == BinaryOp::ShiftRight && receiver.scalar() == Scalar::U32;
        let op = if is_unsigned { BinaryOp::ShiftRightUnsigned } else { op };
        Ok(super::expressions::binary(op, left, right, ty, span))
    }

    /// `vector.not()`
    fn bits_inverted(&mut self, values: Vec<Expression>, span: Span) -> Lowered<Expression> {
        let ty = values[0].ty;
        match <[Expression; 1]>::try_from(values) {
            Ok([operand]) => {
                let kind = ExpressionKind::Unary { op: UnaryOp::BitNot, operand: Box::new(operand) };
                Ok(Expression::new(kind, ty, span))
            }
            Err(values) => self.refuse(messages::no_overload(&values[1..], span, || {
                let ty = ty.user_name();
                (format!("{ty}.not"), vec![format!("{ty}.not() → {ty}")])
            })),
        }
    }

    fn builtin_method(
        &mut self,
        builtin: Builtin,
        values: Vec<Expression>,
        span: Span,
    ) -> Lowered<Expression> {
        let receiver = values[0].ty;
        let arity = usize::from(builtin.arity());
        if values.len() != arity || values.iter().any(|value| value.ty != receiver) {
            return self.refuse(messages::no_overload(&values[1..], span, || {
                let ty = receiver.user_name();
                let name = format!("{ty}.{}", builtin.row().method.unwrap_or_default());
                let parameters = vec![ty.as_str(); arity - 1].join(", ");
                let result = match builtin.row().signature {
                    Signature::VectorToNumber(_) => "number",
                    _ => &ty,
                };
                let candidate = format!("{name}({parameters}) → {result}");
                (name, vec![candidate])
            }));
        }
        let ty = match builtin.row().signature {
            Signature::VectorToNumber(_) => Type::NUMBER,
            _ => receiver,
        };
        // A vector without signs is its own absolute value.
        if builtin == Builtin::Abs && receiver.scalar() == Scalar::U32 {
            let [value] =
                <[Expression; 1]>::try_from(values).unwrap_or_else(|_| unreachable!("there is one"));
            return Ok(value);
        }
        Ok(Expression::new(ExpressionKind::Builtin { builtin, arguments: values }, ty, span))
    }
}
