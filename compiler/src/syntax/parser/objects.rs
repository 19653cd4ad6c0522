//! Objects as they are written.

use super::super::lexer::TokenKind;
use super::super::tree::{Expression, Identifier, Key, Object, Property, PropertyKind, Spread};
use super::Parser;
use super::functions::Head;
use crate::syntax::messages::Parsed;

impl<'a> Parser<'a> {
    /// `{ name: value, … }`
    pub(super) fn object(&mut self) -> Parsed<Expression<'a>> {
        let (start, open) = (self.start(), self.token().span());
        self.advance()?;
        let mut properties = Vec::new();
        self.in_list("}", open, |parser| {
            properties.push(parser.property()?);
            Ok(())
        })?;
        let (span, properties) = (self.span_from(start), self.list(&properties));
        Ok(Expression::Object(self.alloc(Object { span, properties })))
    }

    fn property(&mut self) -> Parsed<Property<'a>> {
        let start = self.start();
        if self.eat("...")? {
            let argument = self.assignment()?;
            let span = self.span_from(start);
            let value = Expression::Spread(self.alloc(Spread { span, argument }));
            return Ok(Property { span, kind: PropertyKind::Spread, key: Key { span, name: None }, value });
        }
        let is_accessor = matches!(self.token().text, "get" | "set") && self.is_before_key();
        let is_async = self.at("async") && (self.is_before_key() || self.is_before("*"));
        if is_accessor || is_async {
            self.advance()?;
        }
        let is_generator = !is_accessor && self.eat("*")?;
        let token = self.token();
        let key = self.key()?;
        if is_accessor || is_async || is_generator || matches!(self.token().text, "(" | "<") {
            let head = Head { start: self.start(), id: None, is_async, is_generator };
            self.type_parameters()?;
            let value = Expression::Function(self.function_behind(head)?);
            let kind = if is_accessor { PropertyKind::Accessor } else { PropertyKind::Method };
            return Ok(Property { span: self.span_from(start), kind, key, value });
        }
        if token.kind == TokenKind::Word && !self.at(":") {
            return self
                .shorthand(start, Identifier { span: token.span(), name: key.name.unwrap_or_default() });
        }
        self.expect(":")?;
        let value = self.assignment()?;
        Ok(Property { span: self.span_from(start), kind: PropertyKind::Value, key, value })
    }

    /// `name`, or `name = value` where the object is a pattern.
    fn shorthand(&mut self, start: u32, name: Identifier<'a>) -> Parsed<Property<'a>> {
        if super::RESERVED.contains(&name.name) {
            self.expect(":")?;
        }
        if self.at("=") {
            let sign = self.token().span();
            self.advance()?;
            self.assignment()?;
            self.default_outside_pattern.get_or_insert(sign);
        }
        let key = Key { span: name.span, name: Some(name.name) };
        let value = Expression::Identifier(self.alloc(name));
        Ok(Property { span: self.span_from(start), kind: PropertyKind::Shorthand, key, value })
    }

    /// Whether the next token goes before the name of a property.
    fn is_before_key(&self) -> bool {
        self.second().is_some_and(|next| {
            matches!(next.kind, TokenKind::Word | TokenKind::String | TokenKind::Number) || next.is("[")
        })
    }
}
