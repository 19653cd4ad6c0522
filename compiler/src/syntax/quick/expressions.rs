//! Expressions, by precedence: each method takes what binds at least as tightly as it says.

use oxc_allocator::ArenaVec;
use oxc_ast::ast::{
    Argument, ArrayExpressionElement, AssignmentTarget, Expression, FunctionType, IdentifierName,
    SimpleAssignmentTarget,
};

use super::lexer::TokenKind;
use super::operators::{ASSIGNMENTS, INFIX, Infix, PREFIXES, UPDATES, find};
use super::{Parser, numbers};

/// How many words and signs behind a `<` are looked at: were it all, long texts would take a time that grows with their square.
const TYPES_LIMIT: u32 = 500;

impl<'a> Parser<'a> {
    pub(super) fn expression(&mut self) -> Option<Expression<'a>> {
        let start = self.token.span().start;
        let first = self.assignment()?;
        if !self.at(",") {
            return Some(first);
        }
        let mut parts = ArenaVec::from_value_in(first, &self.ast);
        while self.eat(",")? {
            parts.push(self.assignment()?);
        }
        Some(Expression::new_sequence_expression(self.span_from(start), parts, &self.ast))
    }

    /// An expression without commas.
    pub(super) fn assignment(&mut self) -> Option<Expression<'a>> {
        self.descend()?;
        let start = self.token.span().start;
        let left = self.infix(0)?;
        let expression = if let Some(operator) = find(&ASSIGNMENTS, self.token.text) {
            let target = AssignmentTarget::from(target(left)?);
            self.advance()?;
            let right = self.assignment()?;
            Expression::new_assignment_expression(self.span_from(start), operator, target, right, &self.ast)
        } else if self.eat("?")? {
            let accept = self.assignment()?;
            self.expect(":")?;
            let reject = self.assignment()?;
            Expression::new_conditional_expression(self.span_from(start), left, accept, reject, &self.ast)
        } else {
            left
        };
        self.depth -= 1;
        Some(expression)
    }

    /// Operands between operators that bind more tightly than `minimum`.
    fn infix(&mut self, minimum: u8) -> Option<Expression<'a>> {
        self.descend()?;
        let start = self.token.span().start;
        let mut left = self.prefix()?;
        while let Some(&(text, precedence, operator)) = INFIX.iter().find(|row| row.0 == self.token.text) {
            if precedence <= minimum {
                break;
            }
            let is_power = text == "**";
            // `-a ** b` is refused, unlike `(-a) ** b`, which starts before its operand does.
            let is_ambiguous =
                is_power && matches!(&left, Expression::UnaryExpression(unary) if unary.span.start == start);
            if is_ambiguous || self.may_open_types()? {
                return None;
            }
            self.advance()?;
            let right = self.infix(if is_power { precedence - 1 } else { precedence })?;
            let span = self.span_from(start);
            left = match operator {
                Infix::Binary(operator) => {
                    Expression::new_binary_expression(span, left, operator, right, &self.ast)
                }
                Infix::Logical(operator) => {
                    Expression::new_logical_expression(span, left, operator, right, &self.ast)
                }
            };
        }
        self.depth -= 1;
        Some(left)
    }

    /// Whether this is a `<` that TypeScript may take for the start of types, as in `a < b > (c)`: there is a `>` behind what may be
    /// types. Nothing if that takes long to see.
    fn may_open_types(&self) -> Option<bool> {
        if !self.at("<") && !self.at("<<") {
            return Some(false);
        }
        let mut lexer = self.lexer.clone();
        let (mut depth, mut is_nested) = (0_u32, self.at("<<"));
        for _ in 0..TYPES_LIMIT {
            let token = lexer.next()?;
            match token.text {
                "(" | "[" => depth += 1,
                ")" | "]" if depth == 0 => return Some(false),
                ")" | "]" => depth -= 1,
                "<" | "<<" => is_nested = true,
                "." | "," | "|" | "&" | "-" | "!" => {}
                text if text.starts_with('>') => return Some(is_nested || (depth == 0 && text == ">")),
                _ if matches!(token.kind, TokenKind::Sign | TokenKind::End) => return Some(false),
                _ => {}
            }
        }
        None
    }

    fn prefix(&mut self) -> Option<Expression<'a>> {
        self.descend()?;
        let start = self.token.span().start;
        let expression = if let Some(operator) = find(&PREFIXES, self.token.text) {
            self.advance()?;
            let operand = self.prefix()?;
            Expression::new_unary_expression(self.span_from(start), operator, operand, &self.ast)
        } else if let Some(operator) = find(&UPDATES, self.token.text) {
            self.advance()?;
            let target = target(self.prefix()?)?;
            Expression::new_update_expression(self.span_from(start), operator, true, target, &self.ast)
        } else {
            self.postfix()?
        };
        self.depth -= 1;
        Some(expression)
    }

    fn postfix(&mut self) -> Option<Expression<'a>> {
        let start = self.token.span().start;
        let operand = self.members()?;
        match find(&UPDATES, self.token.text) {
            Some(operator) if !self.token.on_new_line => {
                let target = target(operand)?;
                self.advance()?;
                let span = self.span_from(start);
                Some(Expression::new_update_expression(span, operator, false, target, &self.ast))
            }
            _ => Some(operand),
        }
    }

    /// A value with what is read of it and the calls behind it.
    fn members(&mut self) -> Option<Expression<'a>> {
        let start = self.token.span().start;
        let mut object = self.primary()?;
        loop {
            object = if self.eat(".")? {
                let (span, name) = self.word()?;
                let name = IdentifierName::new(span, name, &self.ast);
                Expression::new_static_member_expression(
                    self.span_from(start),
                    object,
                    name,
                    false,
                    &self.ast,
                )
            } else if self.eat("[")? {
                let index = self.expression()?;
                self.expect("]")?;
                let span = self.span_from(start);
                Expression::new_computed_member_expression(span, object, index, false, &self.ast)
            } else if self.eat("(")? {
                let mut arguments = ArenaVec::new_in(&self.ast);
                while !self.eat(")")? {
                    arguments.push(Argument::from(self.assignment()?));
                    self.separator(")")?;
                }
                let span = self.span_from(start);
                Expression::new_call_expression(span, object, None, arguments, false, &self.ast)
            } else {
                return Some(object);
            };
        }
    }

    /// The comma behind a part of a list; the last part needs none.
    pub(super) fn separator(&mut self, end: &str) -> Option<()> {
        (self.eat(",")? || self.at(end)).then_some(())
    }

    fn primary(&mut self) -> Option<Expression<'a>> {
        let token = self.token;
        let span = token.span();
        match token.kind {
            TokenKind::Number => {
                let (value, base) = numbers::number(token.text)?;
                self.advance()?;
                let raw = Some(token.text.into());
                Some(Expression::new_numeric_literal(span, value, raw, base, &self.ast))
            }
            TokenKind::String => {
                self.advance()?;
                let raw = Some(token.text.into());
                Some(Expression::new_string_literal(span, contents(token.text), raw, &self.ast))
            }
            TokenKind::Sign => self.bracketed(),
            TokenKind::Word => match token.text {
                "function" => {
                    self.function(FunctionType::FunctionExpression).map(Expression::FunctionExpression)
                }
                "true" | "false" => {
                    self.advance()?;
                    Some(Expression::new_boolean_literal(span, token.text == "true", &self.ast))
                }
                _ => {
                    let (span, name) = self.name()?;
                    Some(Expression::new_identifier(span, name, &self.ast))
                }
            },
            TokenKind::End => None,
        }
    }

    /// An expression in parentheses, which leave no trace, or an array.
    fn bracketed(&mut self) -> Option<Expression<'a>> {
        let start = self.token.span().start;
        if self.eat("(")? {
            let mut expression = self.expression()?;
            self.expect(")")?;
            if let Expression::FunctionExpression(function) = &mut expression {
                function.pife = true;
            }
            return Some(expression);
        }
        self.expect("[")?;
        let mut elements = ArenaVec::new_in(&self.ast);
        while !self.eat("]")? {
            elements.push(ArrayExpressionElement::from(self.assignment()?));
            self.separator("]")?;
        }
        Some(Expression::new_array_expression(self.span_from(start), elements, &self.ast))
    }
}

/// What a string holds.
pub(super) fn contents(string: &str) -> &str {
    string.get(1..string.len() - 1).unwrap_or_default()
}

/// What can be assigned.
fn target(expression: Expression<'_>) -> Option<SimpleAssignmentTarget<'_>> {
    match expression {
        Expression::Identifier(name) => Some(SimpleAssignmentTarget::AssignmentTargetIdentifier(name)),
        Expression::StaticMemberExpression(member) => {
            Some(SimpleAssignmentTarget::StaticMemberExpression(member))
        }
        Expression::ComputedMemberExpression(member) => {
            Some(SimpleAssignmentTarget::ComputedMemberExpression(member))
        }
        _ => None,
    }
}
