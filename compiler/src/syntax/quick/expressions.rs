//! Expressions, by precedence: each method takes what binds at least as tightly as it says.

use super::lexer::TokenKind;
use super::operators::{ASSIGNMENTS, INFIX, Infix, PREFIXES, UPDATES, find};
use super::{Parser, numbers};
use crate::syntax::tree::{
    Array, Assignment, Binary, Boolean, Call, Conditional, Expression, Index, Logical, Member, Number,
    Sequence, Text, Unary, Update,
};

/// How many words and signs behind a `<` are looked at: were it all, long texts would take a time that grows with their square.
const TYPES_LIMIT: u32 = 500;

impl<'a> Parser<'a> {
    pub(super) fn expression(&mut self) -> Option<Expression<'a>> {
        let start = self.token.span().start;
        let first = self.assignment()?;
        if !self.at(",") {
            return Some(first);
        }
        let mut parts = vec![first];
        while self.eat(",")? {
            parts.push(self.assignment()?);
        }
        let (span, expressions) = (self.span_from(start), self.list(&parts));
        Some(Expression::Sequence(self.alloc(Sequence { span, expressions })))
    }

    /// An expression without commas.
    pub(super) fn assignment(&mut self) -> Option<Expression<'a>> {
        self.descend()?;
        let start = self.token.span().start;
        let left = self.infix(0)?;
        let expression = if let Some(operator) = find(&ASSIGNMENTS, self.token.text) {
            let left = target(left)?;
            self.advance()?;
            let right = self.assignment()?;
            let span = self.span_from(start);
            Expression::Assignment(self.alloc(Assignment { span, operator, left, right }))
        } else if self.eat("?")? {
            let consequent = self.assignment()?;
            self.expect(":")?;
            let alternate = self.assignment()?;
            let span = self.span_from(start);
            Expression::Conditional(self.alloc(Conditional { span, test: left, consequent, alternate }))
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
                is_power && matches!(&left, Expression::Unary(unary) if unary.span.start == start);
            if is_ambiguous || self.may_open_types()? {
                return None;
            }
            self.advance()?;
            let right = self.infix(if is_power { precedence - 1 } else { precedence })?;
            let span = self.span_from(start);
            left = match operator {
                Infix::Binary(operator) => {
                    Expression::Binary(self.alloc(Binary { span, operator, left, right }))
                }
                Infix::Logical(operator) => {
                    Expression::Logical(self.alloc(Logical { span, operator, left, right }))
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
            let argument = self.prefix()?;
            Expression::Unary(self.alloc(Unary { span: self.span_from(start), operator, argument }))
        } else if let Some(operator) = find(&UPDATES, self.token.text) {
            self.advance()?;
            let argument = target(self.prefix()?)?;
            let span = self.span_from(start);
            Expression::Update(self.alloc(Update { span, operator, prefix: true, argument }))
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
                let argument = target(operand)?;
                self.advance()?;
                let span = self.span_from(start);
                Some(Expression::Update(self.alloc(Update { span, operator, prefix: false, argument })))
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
                let property = self.word()?;
                Expression::Member(self.alloc(Member { span: self.span_from(start), object, property }))
            } else if self.eat("[")? {
                let index = self.expression()?;
                self.expect("]")?;
                Expression::Index(self.alloc(Index { span: self.span_from(start), object, index }))
            } else if self.eat("(")? {
                let mut arguments = Vec::new();
                while !self.eat(")")? {
                    arguments.push(self.assignment()?);
                    self.separator(")")?;
                }
                let (span, arguments) = (self.span_from(start), self.list(&arguments));
                Expression::Call(self.alloc(Call { span, callee: object, arguments }))
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
                let value = numbers::number(token.text)?;
                self.advance()?;
                Some(Expression::Number(self.alloc(Number { span, value })))
            }
            TokenKind::String => {
                self.advance()?;
                Some(Expression::String(self.alloc(Text { span, value: contents(token.text) })))
            }
            TokenKind::Sign => self.bracketed(),
            TokenKind::Word => match token.text {
                "function" => self.function(false).map(Expression::Function),
                "true" | "false" => {
                    self.advance()?;
                    Some(Expression::Boolean(self.alloc(Boolean { span, value: token.text == "true" })))
                }
                _ => self.name().map(|name| Expression::Identifier(self.alloc(name))),
            },
            TokenKind::End => None,
        }
    }

    /// An expression in parentheses, which leave no trace, or an array.
    fn bracketed(&mut self) -> Option<Expression<'a>> {
        let start = self.token.span().start;
        if self.eat("(")? {
            let expression = self.expression()?;
            self.expect(")")?;
            return Some(expression);
        }
        self.expect("[")?;
        let mut elements = Vec::new();
        while !self.eat("]")? {
            elements.push(self.assignment()?);
            self.separator("]")?;
        }
        let (span, elements) = (self.span_from(start), self.list(&elements));
        Some(Expression::Array(self.alloc(Array { span, elements })))
    }
}

/// What a string holds.
pub(super) fn contents(string: &str) -> &str {
    string.get(1..string.len() - 1).unwrap_or_default()
}

/// What can be assigned.
fn target(expression: Expression<'_>) -> Option<Expression<'_>> {
    let is_target =
        matches!(expression, Expression::Identifier(_) | Expression::Member(_) | Expression::Index(_));
    is_target.then_some(expression)
}
