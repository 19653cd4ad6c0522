//! Binary operators.

use super::annotations::is_undefined;
use super::expressions::binary;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Type};
use crate::syntax::tree::{AssignmentOperator, Binary, BinaryOperator, Expression as Syntax};

impl<'a> Lowerer<'a> {
    pub(super) fn lower_binary(&mut self, syntax: &'a Binary<'a>, span: Span) -> Lowered<Expression> {
        if let Some(value) = self.compared_with_undefined(syntax, span)? {
            return Ok(value);
        }
        let Some(operator) = Operator::of(syntax.operator) else {
            let construct = format_args!("`{}`", syntax.operator.as_str());
            return self.refuse(messages::unsupported(construct, span));
        };
        // The operators of a chain, the last one first: it may be as long as the text, so this is no recursion.
        let mut chain = vec![(operator, &syntax.right, span)];
        let mut left = &syntax.left;
        while let Syntax::Binary(inner) = left
            && let Some(operator) = Operator::of(inner.operator)
            && !is_undefined(&inner.left)
            && !is_undefined(&inner.right)
        {
            chain.push((operator, &inner.right, left.span()));
            left = &inner.left;
        }
        let mut value = self.lower_value(left);
        for (operator, right, span) in chain.into_iter().rev() {
            let mut mark = self.builder.mark();
            // It is looked at also where the left operand is wrong, to report what is wrong with it too.
            let right = self.lower_value(right);
            value = value.and_then(|mut left| {
                let right = right?;
                self.builder.pin(&mut left, &mut mark);
                let value = self.combine(operator, left, right, span)?;
                Ok(self.bounded(value))
            });
        }
        value
    }

    /// `value === undefined` is false, as nothing in a kernel is undefined. Minifiers leave such tests.
    fn compared_with_undefined(&mut self, syntax: &'a Binary<'a>, span: Span) -> Lowered<Option<Expression>> {
        let equal = match syntax.operator {
            BinaryOperator::Equal | BinaryOperator::StrictEqual => false,
            BinaryOperator::NotEqual | BinaryOperator::StrictNotEqual => true,
            _ => return Ok(None),
        };
        let other = match (is_undefined(&syntax.left), is_undefined(&syntax.right)) {
            (true, false) => &syntax.right,
            (false, true) => &syntax.left,
            _ => return Ok(None),
        };
        self.lower_value(other)?;
        Ok(Some(Expression::bool(equal, span)))
    }

    /// Applies an operator to two values.
    pub(super) fn combine(
        &mut self,
        operator: Operator,
        left: Expression,
        right: Expression,
        span: Span,
    ) -> Lowered<Expression> {
        let is_equality = matches!(operator, Operator::Binary(BinaryOp::Equal | BinaryOp::NotEqual));
        let (left, right) = match is_equality {
            true => (left, right),
            false => (number_of(left), number_of(right)),
        };
        let numbers = left.ty.is_number() && right.ty.is_number();
        let op = match operator {
            Operator::Power if numbers => {
                let kind = ExpressionKind::Builtin { builtin: Builtin::Pow, arguments: vec![left, right] };
                return Ok(Expression::new(kind, Type::NUMBER, span));
            }
            Operator::Power => return self.wrong_operands(operator, &left, &right, span),
            Operator::Binary(op) => op,
        };
        if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
            let comparable = left.ty == right.ty && !matches!(left.ty, Type::Array { .. });
            return match comparable {
                true => Ok(binary(op, left, right, Type::BOOL, span)),
                false => self.wrong_operands(operator, &left, &right, span),
            };
        }
        if !numbers {
            return self.wrong_operands(operator, &left, &right, span);
        }
        let ty = if op.is_comparison() { Type::BOOL } else { Type::NUMBER };
        Ok(binary(op, left, right, ty, span))
    }

    fn wrong_operands<T>(
        &mut self,
        operator: Operator,
        left: &Expression,
        right: &Expression,
        span: Span,
    ) -> Lowered<T> {
        let symbol = operator.symbol();
        let (left_name, right_name) = (left.ty.user_name(), right.ty.user_name());
        let diagnostic = Diagnostic::new(Code::TypeMismatch, span)
            .message(format!(
                "`{symbol}` does not fit {} and {}",
                left.ty.with_article(),
                right.ty.with_article()
            ))
            .and_label(left.span, left_name.clone())
            .and_label(right.span, right_name);
        let method = match symbol {
            "+" => Some("plus"),
            "-" => Some("minus"),
            "*" => Some("times"),
            "/" if !left.ty.scalar().is_integer() => Some("div"),
            "&" => Some("and"),
            "|" => Some("or"),
            "^" => Some("xor"),
            "<<" => Some("shiftLeft"),
            ">>" | ">>>" => Some("shiftRight"),
            _ => None,
        };
        self.refuse(match method {
            Some("and" | "or" | "xor" | "shiftLeft" | "shiftRight") if !left.ty.scalar().is_integer() => {
                diagnostic.note(format!("`{symbol}` takes two numbers"))
            }
            Some(method) if left.ty.is_vector() => {
                let right = self.operand_text(symbol, left.ty, right);
                let left = self.text(left.span);
                diagnostic.help(format!("vectors have methods for this: `{left}.{method}({right})`"))
            }
            Some(method) if right.ty.is_vector() && left.ty.is_number() => {
                let (ty, left, right) = (right.ty.user_name(), self.text(left.span), self.text(right.span));
                diagnostic.help(format!(
                    "make a vector of the number, and call its method: `{ty}({left}).{method}({right})`"
                ))
            }
            _ if symbol.ends_with("==") => diagnostic.note("only values of the same type can be equal"),
            _ => diagnostic.note(format!("`{symbol}` takes two numbers")),
        })
    }
}

impl Lowerer<'_> {
    /// The right operand of an operator as the method of a vector takes it.
    pub(super) fn operand_text(&self, symbol: &str, vector: Type, right: &Expression) -> String {
        let text = self.text(right.span);
        let is_repeated = right.ty.is_number() && matches!(symbol, "+" | "-");
        if is_repeated { format!("{}({text})", vector.user_name()) } else { text.to_owned() }
    }
}

/// What arithmetic makes of a boolean, as in JavaScript: 1 or 0. Other values are as they are.
pub(super) fn number_of(value: Expression) -> Expression {
    if !value.ty.is_bool() {
        return value;
    }
    let span = value.span;
    if let Some(known) = value.as_bool() {
        return Expression::number(f64::from(u8::from(known)), span);
    }
    let number = |number| Box::new(Expression::number(number, span));
    let kind =
        ExpressionKind::Select { condition: Box::new(value), accept: number(1.0), reject: number(0.0) };
    Expression::new(kind, Type::NUMBER, span)
}

/// An operator of the language, before it is known on what.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operator {
    Binary(BinaryOp),
    Power,
}

impl Operator {
    /// The operator of a binary expression; none for those the language does not have.
    fn of(operator: BinaryOperator) -> Option<Self> {
        use BinaryOperator as B;
        Some(Self::Binary(match operator {
            B::Add => BinaryOp::Add,
            B::Subtract => BinaryOp::Subtract,
            B::Multiply => BinaryOp::Multiply,
            B::Divide => BinaryOp::Divide,
            B::Remainder => BinaryOp::Remainder,
            B::Power => return Some(Self::Power),
            B::Equal | B::StrictEqual => BinaryOp::Equal,
            B::NotEqual | B::StrictNotEqual => BinaryOp::NotEqual,
            B::Less => BinaryOp::Less,
            B::LessEqual => BinaryOp::LessEqual,
            B::Greater => BinaryOp::Greater,
            B::GreaterEqual => BinaryOp::GreaterEqual,
            B::BitAnd => BinaryOp::BitAnd,
            B::BitOr => BinaryOp::BitOr,
            B::BitXor => BinaryOp::BitXor,
            B::ShiftLeft => BinaryOp::ShiftLeft,
            B::ShiftRight => BinaryOp::ShiftRight,
            B::ShiftRightUnsigned => BinaryOp::ShiftRightUnsigned,
            B::In | B::Instanceof => return None,
        }))
    }

    /// The operator before `=` in a compound assignment; none for `=` itself and the logical ones.
    pub(super) fn of_assignment(operator: AssignmentOperator) -> Option<Self> {
        match operator {
            AssignmentOperator::Binary(operator) => Self::of(operator),
            AssignmentOperator::Assign | AssignmentOperator::Logical(_) => None,
        }
    }

    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Binary(op) => op.symbol(),
            Self::Power => "**",
        }
    }
}
