//! Expressions, by the kind of syntax. Whatever has no line here is refused by name.

use super::operators::number_of;
use super::references::Reference;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{BinaryOp, Expression, ExpressionKind, Type, UnaryOp};
use crate::syntax::tree::{Expression as Syntax, ForeignKind, Unary, UnaryOperator};

/// The greatest nesting depth of expressions and statements.
const DEPTH_LIMIT: usize = 250;

/// How many levels of operations one expression of the IR has at most; what has more is put together from temporaries. So whatever walks
/// through expressions needs little of the stack, and little time where it looks at all that is below each of its nodes.
const MOST_LEVELS: usize = 50;

impl<'a> Lowerer<'a> {
    /// Lowers an expression whose value is wanted.
    pub(super) fn lower_value(&mut self, syntax: &'a Syntax<'a>) -> Lowered<Expression> {
        let span = syntax.span();
        self.nested(span, |lowerer| {
            lowerer.lower_nested_value(syntax, span).map(|value| lowerer.bounded(value))
        })
    }

    /// Lowers a part that is one level deeper than what is around it, and whose levels of operations are counted beside those of other parts.
    pub(super) fn nested<T>(
        &mut self,
        span: Span,
        lower: impl FnOnce(&mut Self) -> Lowered<T>,
    ) -> Lowered<T> {
        self.descend(span)?;
        let beside = std::mem::take(&mut self.builder.levels);
        let lowered = lower(self);
        self.builder.levels = self.builder.levels.max(beside);
        self.builder.depth -= 1;
        lowered
    }

    /// A value that is one level above those that were lowered for it; it becomes a temporary if these are too many.
    pub(super) fn bounded(&mut self, value: Expression) -> Expression {
        self.builder.levels += 1;
        let is_leaf = matches!(value.kind, ExpressionKind::Literal(_) | ExpressionKind::Local(_));
        if is_leaf {
            self.builder.levels = 0;
        }
        if self.builder.levels < MOST_LEVELS || matches!(value.ty, Type::Array { .. }) {
            return value;
        }
        self.builder.levels = 0;
        self.builder.temporary("part", value)
    }

    /// Counts one level of nesting; the caller takes it back.
    pub(super) fn descend(&mut self, span: Span) -> Lowered<()> {
        if self.builder.depth >= DEPTH_LIMIT {
            return self.refuse(
                Diagnostic::new(Code::TooDeep, span)
                    .message(format!("this is nested more than {DEPTH_LIMIT} levels deep"))
                    .help("split it into several variables or functions"),
            );
        }
        self.builder.depth += 1;
        Ok(())
    }

    fn lower_nested_value(&mut self, syntax: &'a Syntax<'a>, span: Span) -> Lowered<Expression> {
        match syntax {
            Syntax::Number(literal) => Ok(Expression::number(literal.value, span)),
            Syntax::Boolean(literal) => Ok(Expression::bool(literal.value, span)),
            Syntax::Identifier(_) | Syntax::Member(_) | Syntax::Index(_) => {
                let reference = self.lower_reference(syntax)?;
                self.read(reference)
            }
            Syntax::Unary(unary) => self.lower_unary(unary, span),
            Syntax::Binary(binary) => self.lower_binary(binary, span),
            Syntax::Logical(logical) => self.lower_logical(logical, span),
            Syntax::Conditional(conditional) => {
                let chosen = self.lower_conditional(conditional, span)?;
                self.read(chosen)
            }
            Syntax::Call(call) => {
                let result = self.lower_call(call, span)?;
                let result = self.result_of_call(result, span)?;
                self.read(result)
            }
            Syntax::Assignment(assignment) => self.lower_assignment_value(assignment),
            Syntax::Update(update) => self.lower_update_value(update),
            Syntax::Sequence(sequence) => {
                let (last, rest) = sequence.expressions.split_last().expect("a sequence has parts");
                for part in rest {
                    self.lower_effect(part)?;
                }
                self.lower_value(last)
            }
            other => self.unsupported_expression(other, span),
        }
    }

    /// The result of a call; a diagnostic if the function returns nothing.
    pub(super) fn result_of_call(&mut self, result: Option<Reference>, span: Span) -> Lowered<Reference> {
        match result {
            Some(result) => Ok(result),
            None => self.refuse(
                Diagnostic::new(Code::NotAValue, span)
                    .message("this call returns no value")
                    .help("call it as a statement of its own"),
            ),
        }
    }

    /// Lowers an expression for its effects; its value is not wanted.
    pub(super) fn lower_effect(&mut self, syntax: &'a Syntax<'a>) -> Lowered<()> {
        let span = syntax.span();
        self.descend(span)?;
        let effect = self.lower_nested_effect(syntax, span);
        self.builder.depth -= 1;
        effect
    }

    fn lower_nested_effect(&mut self, syntax: &'a Syntax<'a>, span: Span) -> Lowered<()> {
        if self.annotations.contains(&span) {
            return Ok(());
        }
        match syntax {
            Syntax::Number(_) => Ok(()),
            Syntax::Assignment(assignment) => self.lower_assignment(assignment),
            Syntax::Update(update) => self.lower_update(update),
            Syntax::Call(call) => self.lower_call(call, span).map(drop),
            Syntax::Sequence(sequence) => {
                for part in sequence.expressions {
                    self.lower_effect(part)?;
                }
                Ok(())
            }
            Syntax::Logical(logical) => self.lower_logical_effect(logical),
            Syntax::Conditional(conditional) => self.lower_conditional_effect(conditional),
            Syntax::Unary(unary) if matches!(unary.operator, UnaryOperator::Void | UnaryOperator::Not) => {
                self.lower_effect(&unary.argument)
            }
            _ => self.lower_value(syntax).map(drop),
        }
    }

    /// Lowers several expressions in the order they stand in: later ones cannot change the values of earlier ones.
    pub(super) fn lower_values(&mut self, syntax: &[&'a Syntax<'a>]) -> Lowered<Vec<Expression>> {
        self.in_order(syntax, Self::lower_value, |lowerer, value, mark| lowerer.builder.pin(value, mark))
    }

    /// Lowers several parts in the order they stand in, and pins earlier ones where later ones add statements.
    pub(super) fn in_order<T>(
        &mut self,
        syntax: &[&'a Syntax<'a>],
        lower: impl Fn(&mut Self, &'a Syntax<'a>) -> Lowered<T>,
        pin: impl Fn(&mut Self, &mut T, &mut usize),
    ) -> Lowered<Vec<T>> {
        let mut values: Vec<T> = Vec::with_capacity(syntax.len());
        let (mut failed, mut pinned) = (false, 0);
        for part in syntax {
            let mut mark = self.builder.mark();
            match lower(self, part) {
                Ok(value) => {
                    // What has been pinned once stays as it is.
                    if self.builder.mark() != mark {
                        for earlier in &mut values[pinned..] {
                            pin(self, earlier, &mut mark);
                        }
                        pinned = values.len();
                    }
                    values.push(value);
                }
                // The others are still looked at, to report what is wrong with them too.
                Err(super::Reported) => failed = true,
            }
        }
        if failed { Err(super::Reported) } else { Ok(values) }
    }

    fn lower_unary(&mut self, unary: &'a Unary<'a>, span: Span) -> Lowered<Expression> {
        match unary.operator {
            UnaryOperator::Not => {
                let operand = self.lower_condition(&unary.argument)?;
                Ok(negate_condition(operand, span))
            }
            UnaryOperator::Negate => {
                let operand = number_of(self.lower_value(&unary.argument)?);
                if let Some(value) = operand.as_number() {
                    return Ok(Expression::number(-value, span));
                }
                if !operand.ty.is_number() && !operand.ty.is_vector() {
                    return self.wrong_operand("-", &operand);
                }
                let ty = operand.ty;
                Ok(Expression::new(
                    ExpressionKind::Unary { op: UnaryOp::Negate, operand: Box::new(operand) },
                    ty,
                    span,
                ))
            }
            UnaryOperator::Plus => {
                let operand = number_of(self.lower_value(&unary.argument)?);
                if operand.ty.is_number() { Ok(operand) } else { self.wrong_operand("+", &operand) }
            }
            UnaryOperator::BitNot => {
                let operand = number_of(self.lower_value(&unary.argument)?);
                if !operand.ty.is_number() {
                    return self.wrong_operand("~", &operand);
                }
                Ok(Expression::new(
                    ExpressionKind::Unary { op: UnaryOp::BitNot, operand: Box::new(operand) },
                    Type::NUMBER,
                    span,
                ))
            }
            UnaryOperator::Typeof | UnaryOperator::Void | UnaryOperator::Delete => {
                let construct = format_args!("`{}`", unary.operator.as_str());
                self.refuse(messages::unsupported(construct, span))
            }
        }
    }

    fn wrong_operand<T>(&mut self, operator: &str, operand: &Expression) -> Lowered<T> {
        self.refuse(
            Diagnostic::new(Code::TypeMismatch, operand.span)
                .message(format!("`{operator}` needs a number, this is {}", operand.ty.with_article())),
        )
    }

    /// Lowers an expression that decides something: a boolean, or a number that counts as true unless it is 0 or NaN.
    pub(super) fn lower_condition(&mut self, syntax: &'a Syntax<'a>) -> Lowered<Expression> {
        if let Syntax::Logical(logical) = syntax {
            let span = syntax.span();
            return self.lower_logical_condition(logical, span);
        }
        let value = self.lower_value(syntax)?;
        self.truth(value)
    }

    /// Whether a value counts as true.
    pub(super) fn truth(&mut self, value: Expression) -> Lowered<Expression> {
        let span = value.span;
        if value.ty.is_bool() {
            return Ok(value);
        }
        if let Some(number) = value.as_number() {
            return Ok(Expression::bool(number != 0.0 && !number.is_nan(), span));
        }
        if value.ty.is_number() {
            let value = self.duplicable(value);
            let against_zero = |op| compare(op, value.clone(), Expression::number(0.0, span));
            let (below, above) = (against_zero(BinaryOp::Less), against_zero(BinaryOp::Greater));
            return Ok(binary(BinaryOp::Or, below, above, Type::BOOL, span));
        }
        self.refuse(
            Diagnostic::new(Code::ConditionType, span)
                .message(format!("{} cannot decide anything", value.ty.with_article()))
                .note("a condition is a boolean, or a number that counts as true unless it is 0 or NaN")
                .help("compare it: `v.length() > 0`"),
        )
    }

    fn unsupported_expression<T>(&mut self, syntax: &Syntax<'a>, span: Span) -> Lowered<T> {
        let (construct, help) = match syntax {
            Syntax::String(_) => ("a string", "kernels compute with numbers, booleans and vectors"),
            Syntax::Array(_) => ("a JavaScript array", "write `array([…])`"),
            Syntax::Object(_) => (
                "an object as an operand",
                "store objects in variables, in buffers of such objects, pass them to functions or return them",
            ),
            Syntax::Arrow(_) | Syntax::Function(_) => (
                "a function as a value",
                "declare functions with `function name(…) { … }` at the top of the kernel",
            ),
            Syntax::Foreign(foreign) => return self.refuse(messages::foreign(foreign.kind, span)),
            _ => return self.refuse(messages::foreign(ForeignKind::Other, span)),
        };
        self.refuse(messages::unsupported(construct, span).help(help))
    }
}

/// An operator on two operands.
pub(super) fn binary(op: BinaryOp, left: Expression, right: Expression, ty: Type, span: Span) -> Expression {
    Expression::new(ExpressionKind::Binary { op, left: Box::new(left), right: Box::new(right) }, ty, span)
}

/// A comparison of two numbers.
pub(super) fn compare(op: BinaryOp, left: Expression, right: Expression) -> Expression {
    let span = left.span.to(right.span);
    binary(op, left, right, Type::BOOL, span)
}

/// The opposite of a boolean.
pub(super) fn negate_condition(operand: Expression, span: Span) -> Expression {
    match operand.as_bool() {
        Some(value) => Expression::bool(!value, span),
        None => Expression::new(
            ExpressionKind::Unary { op: UnaryOp::Not, operand: Box::new(operand) },
            Type::BOOL,
            span,
        ),
    }
}
