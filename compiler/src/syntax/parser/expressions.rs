//! Expressions, by precedence: each method takes what binds at least as tightly as it says.

use super::super::tree::{
    Assignment, AssignmentOperator, Binary, BinaryOperator, Conditional, Expression, Foreign, ForeignKind,
    Logical, LogicalOperator, Sequence, Unary, Update,
};
use super::operators::{ASSIGNMENTS, INFIX, Infix, PREFIXES, RELATION, UPDATES, find};
use super::{Context, Parser};
use crate::diagnostics::Span;
use crate::syntax::messages::{self, Parsed};

impl<'a> Parser<'a> {
    pub(super) fn expression(&mut self) -> Parsed<Expression<'a>> {
        let start = self.start();
        let first = self.assignment()?;
        if self.at(",") { self.sequence(start, first) } else { Ok(first) }
    }

    fn sequence(&mut self, start: u32, first: Expression<'a>) -> Parsed<Expression<'a>> {
        let mut parts = vec![first];
        while self.eat(",")? {
            parts.push(self.assignment()?);
        }
        let (span, expressions) = (self.span_from(start), self.list(&parts));
        Ok(Expression::Sequence(self.alloc(Sequence { span, expressions })))
    }

    /// An expression in brackets, where all operators and colons are those of an expression again.
    pub(super) fn bracketed_expression(&mut self) -> Parsed<Expression<'a>> {
        let context = std::mem::take(&mut self.context);
        let expression = self.expression()?;
        self.context = context;
        Ok(expression)
    }

    /// An expression without commas.
    pub(super) fn assignment(&mut self) -> Parsed<Expression<'a>> {
        self.descend()?;
        let start = self.start();
        let expression = match self.function_value()? {
            Some(function) => function,
            None => {
                let left = self.infix(0)?;
                self.behind_operand(start, left)?
            }
        };
        self.ascend();
        Ok(expression)
    }

    /// An assignment to `left`, or a choice by it, or itself.
    fn behind_operand(&mut self, start: u32, left: Expression<'a>) -> Parsed<Expression<'a>> {
        if let Some(operator) = find(&ASSIGNMENTS, self.token().text) {
            let left = self.assigned(left, operator)?;
            self.advance()?;
            let right = self.assignment()?;
            let span = self.span_from(start);
            return Ok(Expression::Assignment(self.alloc(Assignment { span, operator, left, right })));
        }
        if !self.eat("?")? {
            return Ok(left);
        }
        let context = self.context;
        self.context = Context { is_choice: true, is_head: false };
        let consequent = self.assignment()?;
        self.context = context;
        self.expect(":")?;
        let alternate = self.assignment()?;
        let span = self.span_from(start);
        Ok(Expression::Conditional(self.alloc(Conditional { span, test: left, consequent, alternate })))
    }

    /// Operands between operators that bind more tightly than `minimum`.
    pub(super) fn infix(&mut self, minimum: u8) -> Parsed<Expression<'a>> {
        let start = self.start();
        let mut left = self.prefix()?;
        loop {
            let token = self.token();
            if matches!(token.text, "as" | "satisfies") && !token.on_new_line && minimum < RELATION {
                self.advance()?;
                self.annotation()?;
                continue;
            }
            let Some(&(text, precedence, operator)) = INFIX.iter().find(|row| row.0 == token.text) else {
                return Ok(left);
            };
            if precedence <= minimum || (text == "in" && self.context.is_head) {
                return Ok(left);
            }
            left = self.operation(start, left, precedence, operator)?;
        }
    }

    /// An operator behind its left operand, and its right one.
    fn operation(
        &mut self,
        start: u32,
        left: Expression<'a>,
        precedence: u8,
        operator: Infix,
    ) -> Parsed<Expression<'a>> {
        let is_power = matches!(operator, Infix::Binary(BinaryOperator::Power));
        // `-a ** b` is refused, unlike `(-a) ** b`, which starts before its operand does.
        if is_power && is_prefixed(&left) && left.span().start == start {
            return Err(Box::new(
                messages::mistake(self.token().span())
                    .message("`**` behind an operand with a sign may be read in two ways")
                    .help("write `(-a) ** b` or `-(a ** b)`"),
            ));
        }
        let sign = self.token().span();
        self.advance()?;
        let right_start = self.start();
        if is_power {
            self.descend()?;
        }
        let right = self.infix(if is_power { precedence - 1 } else { precedence })?;
        if is_power {
            self.ascend();
        }
        let span = self.span_from(start);
        Ok(match operator {
            Infix::Binary(operator) => Expression::Binary(self.alloc(Binary { span, operator, left, right })),
            Infix::Logical(operator) => {
                let is_mixed = is_mixed(operator, &left, start) || is_mixed(operator, &right, right_start);
                if is_mixed {
                    return Err(Box::new(
                        messages::mistake(sign)
                            .message("`??` cannot be mixed with `&&` and `||`")
                            .help("put one of them in parentheses"),
                    ));
                }
                Expression::Logical(self.alloc(Logical { span, operator, left, right }))
            }
        })
    }

    fn prefix(&mut self) -> Parsed<Expression<'a>> {
        let (start, text) = (self.start(), self.token().text);
        let (prefix, update) = (find(&PREFIXES, text), find(&UPDATES, text));
        if prefix.is_none() && update.is_none() && !matches!(text, "await" | "<") {
            return self.postfix();
        }
        self.descend()?;
        let expression = if text == "<" {
            // A type in front of a value.
            self.types_in_angles()?;
            self.prefix()?
        } else {
            self.advance()?;
            let argument = self.prefix()?;
            let span = self.span_from(start);
            match (prefix, update) {
                (Some(operator), _) => Expression::Unary(self.alloc(Unary { span, operator, argument })),
                (_, Some(operator)) => {
                    let argument = self.target(argument)?;
                    Expression::Update(self.alloc(Update { span, operator, prefix: true, argument }))
                }
                (None, None) => self.foreign(start, ForeignKind::Await),
            }
        };
        self.ascend();
        Ok(expression)
    }

    fn postfix(&mut self) -> Parsed<Expression<'a>> {
        let start = self.start();
        let operand = self.members()?;
        match find(&UPDATES, self.token().text) {
            Some(operator) if !self.token().on_new_line => {
                let argument = self.target(operand)?;
                self.advance()?;
                let span = self.span_from(start);
                Ok(Expression::Update(self.alloc(Update { span, operator, prefix: false, argument })))
            }
            _ => Ok(operand),
        }
    }

    /// What can be stored to.
    fn target(&mut self, expression: Expression<'a>) -> Parsed<Expression<'a>> {
        match expression {
            Expression::Identifier(_) | Expression::Member(_) | Expression::Index(_) => Ok(expression),
            Expression::Foreign(foreign) if foreign.kind == ForeignKind::Other => Ok(expression),
            other => Err(messages::no_target(other.span())),
        }
    }

    /// What an assignment stores to: an array or an object is taken apart. Of lists of names, members and indices it is known to where.
    fn assigned(&mut self, left: Expression<'a>, operator: AssignmentOperator) -> Parsed<Expression<'a>> {
        let is_pattern = matches!(left, Expression::Array(_) | Expression::Object(_));
        if !is_pattern || operator != AssignmentOperator::Assign {
            return self.target(left);
        }
        let span = left.span();
        if self.default_outside_pattern.is_some_and(|place| place.start >= span.start) {
            self.default_outside_pattern = None;
        }
        let is_place = |element: &Expression| {
            matches!(element, Expression::Identifier(_) | Expression::Member(_) | Expression::Index(_))
        };
        match left {
            Expression::Array(list) if list.elements.iter().all(is_place) => Ok(left),
            _ => Ok(Expression::Foreign(self.alloc(Foreign { span, kind: ForeignKind::Destructuring }))),
        }
    }

    /// Makes sure that no `{ name = value }` is left that is no pattern.
    pub(super) fn no_default_outside_pattern(&mut self) -> Parsed<()> {
        match self.default_outside_pattern {
            None => Ok(()),
            Some(span) => Err(Box::new(
                messages::mistake(span)
                    .message("`=` in an object, which has `:` between a name and its value")
                    .help("write `name: value`"),
            )),
        }
    }

    pub(super) fn yield_expression(&mut self) -> Parsed<Expression<'a>> {
        let start = self.start();
        self.advance()?;
        let ends =
            [")", "]", "}", ",", ";", ":"].contains(&self.token().text) || self.is_semicolon_inserted();
        if self.eat("*")? || !ends {
            self.assignment()?;
        }
        Ok(self.foreign(start, ForeignKind::Yield))
    }
}

/// Whether an operand has a sign or word in front of it.
fn is_prefixed(operand: &Expression<'_>) -> bool {
    match operand {
        Expression::Unary(_) => true,
        Expression::Foreign(foreign) => foreign.kind == ForeignKind::Await,
        _ => false,
    }
}

/// Whether an operand that starts at `start`, and so stands in no parentheses, may not be one of this operator.
fn is_mixed(operator: LogicalOperator, operand: &Expression<'_>, start: u32) -> bool {
    let is_coalesce = |operator| operator == LogicalOperator::Coalesce;
    matches!(operand, Expression::Logical(Logical { span: Span { start: first, .. }, operator: inner, .. })
        if *first == start && is_coalesce(*inner) != is_coalesce(operator))
}
