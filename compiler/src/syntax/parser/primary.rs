//! Operands: values with what is read of them and the calls behind them.

use super::super::lexer::{TemplateEnd, TokenKind};
use super::super::numbers::{self, Value};
use super::super::tree::{
    Array, Boolean, Call, Expression, Foreign, ForeignKind, Index, Member, Number, Spread, Text,
};
use super::Parser;
use super::operators::RELATION;
use crate::syntax::messages::{self, Parsed};

impl<'a> Parser<'a> {
    /// A value with what is read of it and the calls behind it.
    pub(super) fn members(&mut self) -> Parsed<Expression<'a>> {
        let start = self.start();
        let mut object = self.primary()?;
        let mut is_optional = false;
        loop {
            let token = self.token();
            object = match token.text {
                "." => {
                    self.advance()?;
                    self.member(start, object)?
                }
                "?." => {
                    is_optional = true;
                    self.advance()?;
                    match self.token().text {
                        "[" | "(" => continue,
                        _ => self.member(start, object)?,
                    }
                }
                "[" => self.index(start, object)?,
                "(" => self.call(start, object)?,
                "`" => {
                    self.template()?;
                    self.foreign(start, ForeignKind::Template)
                }
                // TypeScript: it is not null.
                "!" if !token.on_new_line => {
                    self.advance()?;
                    continue;
                }
                "<" if self.types_of_call() => continue,
                _ if is_optional => return Ok(self.foreign(start, ForeignKind::OptionalChain)),
                _ => return Ok(object),
            };
        }
    }

    fn member(&mut self, start: u32, object: Expression<'a>) -> Parsed<Expression<'a>> {
        if self.at("#") {
            self.private_name()?;
            return Ok(self.foreign(start, ForeignKind::Other));
        }
        let property = self.word()?;
        let span = self.span_from(start);
        Ok(Expression::Member(self.alloc(Member { span, object, property })))
    }

    /// `#name`
    pub(super) fn private_name(&mut self) -> Parsed<()> {
        self.advance()?;
        if self.start() != self.place.previous_end {
            return Err(messages::no_name(&self.token(), false));
        }
        self.word().map(drop)
    }

    fn index(&mut self, start: u32, object: Expression<'a>) -> Parsed<Expression<'a>> {
        let open = self.token().span();
        self.advance()?;
        let index = self.bracketed_expression()?;
        self.close("]", open)?;
        let span = self.span_from(start);
        Ok(Expression::Index(self.alloc(Index { span, object, index })))
    }

    fn call(&mut self, start: u32, callee: Expression<'a>) -> Parsed<Expression<'a>> {
        let arguments = self.arguments()?;
        let span = self.span_from(start);
        Ok(Expression::Call(self.alloc(Call { span, callee, arguments })))
    }

    fn arguments(&mut self) -> Parsed<&'a [Expression<'a>]> {
        let open = self.token().span();
        self.advance()?;
        let mut arguments = Vec::new();
        self.in_list(")", open, |parser| {
            let argument = parser.element()?;
            arguments.push(argument);
            Ok(())
        })?;
        Ok(self.list(&arguments))
    }

    /// A part of a list: a value, or `...` and what is spread.
    fn element(&mut self) -> Parsed<Expression<'a>> {
        let start = self.start();
        if !self.eat("...")? {
            return self.assignment();
        }
        let argument = self.assignment()?;
        let span = self.span_from(start);
        Ok(Expression::Spread(self.alloc(Spread { span, argument })))
    }

    fn primary(&mut self) -> Parsed<Expression<'a>> {
        let token = self.token();
        match token.kind {
            TokenKind::Number => self.number(),
            TokenKind::String => {
                let value = self.string_value(&token)?;
                self.advance()?;
                Ok(Expression::String(self.alloc(Text { span: token.span(), value })))
            }
            TokenKind::Sign => self.sign(),
            TokenKind::Word => self.word_value(),
            TokenKind::End => Err(messages::no_value(&token)),
        }
    }

    fn number(&mut self) -> Parsed<Expression<'a>> {
        let token = self.token();
        let span = token.span();
        let value = numbers::value(token.text).map_err(|wrong| messages::no_number(&token, wrong))?;
        self.advance()?;
        Ok(match value {
            Value::Number(value) => Expression::Number(self.alloc(Number { span, value })),
            Value::BigInt => self.foreign(span.start, ForeignKind::BigInt),
        })
    }

    fn word_value(&mut self) -> Parsed<Expression<'a>> {
        let token = self.token();
        let start = token.start;
        let kind = match token.text {
            "function" => return self.function_expression(),
            "async" if self.is_before_function() => return self.function_expression(),
            "true" | "false" => {
                self.advance()?;
                let value = token.text == "true";
                return Ok(Expression::Boolean(self.alloc(Boolean { span: token.span(), value })));
            }
            "null" => ForeignKind::Null,
            "this" => ForeignKind::This,
            "super" => ForeignKind::Other,
            "new" => return self.new_expression(),
            "class" => {
                self.class()?;
                return Ok(self.foreign(start, ForeignKind::Class));
            }
            "import" => return self.import(),
            text if super::RESERVED.contains(&text) => return Err(messages::no_value(&token)),
            _ => {
                let name = self.word()?;
                return Ok(Expression::Identifier(self.alloc(name)));
            }
        };
        self.advance()?;
        Ok(self.foreign(start, kind))
    }

    /// An expression in parentheses, which leave no trace, an array, an object, a template or a regular expression.
    fn sign(&mut self) -> Parsed<Expression<'a>> {
        let token = self.token();
        let (start, open) = (token.start, token.span());
        match token.text {
            "(" => {
                self.advance()?;
                let expression = self.bracketed_expression()?;
                self.close(")", open)?;
                Ok(expression)
            }
            "[" => self.array(),
            "{" => self.object(),
            "`" => {
                self.template()?;
                Ok(self.foreign(start, ForeignKind::Template))
            }
            "/" | "/=" => {
                self.place.lexer.regular_expression(start)?;
                self.place.previous_end = self.place.lexer.position as u32;
                self.place.token = self.place.lexer.next()?;
                Ok(self.foreign(start, ForeignKind::RegExp))
            }
            "#" => {
                // `#name in object`
                self.descend()?;
                self.private_name()?;
                self.expect("in")?;
                self.infix(RELATION)?;
                self.ascend();
                Ok(self.foreign(start, ForeignKind::Other))
            }
            _ => Err(messages::no_value(&token)),
        }
    }

    fn array(&mut self) -> Parsed<Expression<'a>> {
        let (start, open) = (self.start(), self.token().span());
        self.advance()?;
        let mut elements = Vec::new();
        self.in_list("]", open, |parser| {
            let element = if parser.at(",") { parser.hole() } else { parser.element()? };
            elements.push(element);
            Ok(())
        })?;
        let (span, elements) = (self.span_from(start), self.list(&elements));
        Ok(Expression::Array(self.alloc(Array { span, elements })))
    }

    /// Nothing before the comma at hand.
    fn hole(&self) -> Expression<'a> {
        let span = self.token().span();
        Expression::Foreign(self.alloc(Foreign { span, kind: ForeignKind::Hole }))
    }

    /// The template at hand, and the expressions in it.
    pub(super) fn template(&mut self) -> Parsed<()> {
        self.descend()?;
        let start = self.start();
        loop {
            match self.place.lexer.template(start)? {
                TemplateEnd::Template => break,
                TemplateEnd::Expression => {
                    let open = self.place.lexer.position as u32;
                    self.place.token = self.place.lexer.next()?;
                    self.bracketed_expression()?;
                    if !self.at("}") {
                        let open = crate::diagnostics::Span { start: open - 2, end: open };
                        return Err(messages::not_closed("`}`", "}", open, &self.token()));
                    }
                    self.place.lexer.position = self.token().end() as usize;
                }
            }
        }
        self.place.previous_end = self.place.lexer.position as u32;
        self.place.token = self.place.lexer.next()?;
        self.ascend();
        Ok(())
    }

    fn new_expression(&mut self) -> Parsed<Expression<'a>> {
        self.descend()?;
        let start = self.start();
        self.advance()?;
        if self.eat(".")? {
            self.word()?;
            self.ascend();
            return Ok(self.foreign(start, ForeignKind::Other));
        }
        self.primary()?;
        loop {
            let token = self.token();
            match token.text {
                "." => {
                    self.advance()?;
                    match self.at("#") {
                        true => self.private_name()?,
                        false => self.word().map(drop)?,
                    }
                }
                "[" => {
                    self.advance()?;
                    self.bracketed_expression()?;
                    self.close("]", token.span())?;
                }
                "`" => self.template()?,
                "!" if !token.on_new_line => self.advance()?,
                "<" if self.types_of_call() => {}
                _ => break,
            }
        }
        if self.at("(") {
            self.arguments()?;
        }
        self.ascend();
        Ok(self.foreign(start, ForeignKind::New))
    }

    /// `import(…)` or `import.meta`
    fn import(&mut self) -> Parsed<Expression<'a>> {
        let start = self.start();
        self.advance()?;
        if self.eat(".")? {
            self.word()?;
            return Ok(self.foreign(start, ForeignKind::Other));
        }
        if !self.at("(") {
            let diagnostic = messages::mistake(self.span_from(start));
            return Err(Box::new(
                diagnostic
                    .message("`import` stands at the top of a program, not in a function")
                    .help("declare what is needed in the kernel itself"),
            ));
        }
        self.arguments()?;
        Ok(self.foreign(start, ForeignKind::Import))
    }
}
