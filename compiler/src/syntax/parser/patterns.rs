//! What declarations and parameters name: a name, or the parts of what they take apart.

use super::super::lexer::TokenKind;
use super::super::numbers;
use super::super::tree::{
    ArrayPattern, DefaultPattern, Expression, Key, ObjectPattern, Pattern, PatternProperty,
};
use super::Parser;
use crate::syntax::messages::{self, Parsed};

impl<'a> Parser<'a> {
    /// A name, `{ name, other: pattern }` or `[pattern, pattern]`.
    pub(super) fn pattern(&mut self) -> Parsed<Pattern<'a>> {
        match self.token().text {
            "{" => self.object_pattern(),
            "[" => self.array_pattern(),
            _ => {
                let name = self.name()?;
                Ok(Pattern::Identifier(self.alloc(name)))
            }
        }
    }

    /// A pattern that may have a default value.
    fn pattern_with_default(&mut self) -> Parsed<Pattern<'a>> {
        let (start, left) = (self.start(), self.pattern()?);
        self.default_behind(start, left)
    }

    fn default_behind(&mut self, start: u32, left: Pattern<'a>) -> Parsed<Pattern<'a>> {
        if !self.eat("=")? {
            return Ok(left);
        }
        self.assignment()?;
        let span = self.span_from(start);
        Ok(Pattern::Default(self.alloc(DefaultPattern { span, left })))
    }

    fn object_pattern(&mut self) -> Parsed<Pattern<'a>> {
        self.descend()?;
        let (start, open) = (self.start(), self.token().span());
        self.advance()?;
        let (mut properties, mut rest) = (Vec::new(), None);
        self.in_list("}", open, |parser| {
            let start = parser.start();
            if parser.eat("...")? {
                parser.pattern()?;
                rest = Some(parser.span_from(start));
                return Ok(());
            }
            properties.push(parser.pattern_property()?);
            Ok(())
        })?;
        self.ascend();
        let (span, properties) = (self.span_from(start), self.list(&properties));
        Ok(Pattern::Object(self.alloc(ObjectPattern { span, properties, rest })))
    }

    /// `name` or `name: pattern`.
    fn pattern_property(&mut self) -> Parsed<PatternProperty<'a>> {
        let start = self.start();
        if self.is_word() && !self.is_before(":") {
            let name = self.name()?;
            let key = Key { span: name.span, name: Some(name.name) };
            let value = self.default_behind(start, Pattern::Identifier(self.alloc(name)))?;
            return Ok(PatternProperty { key, value });
        }
        let key = self.key()?;
        self.expect(":")?;
        Ok(PatternProperty { key, value: self.pattern_with_default()? })
    }

    fn array_pattern(&mut self) -> Parsed<Pattern<'a>> {
        self.descend()?;
        let (start, open) = (self.start(), self.token().span());
        self.advance()?;
        let mut elements = Vec::new();
        self.in_list("]", open, |parser| {
            let element = if parser.at(",") {
                None
            } else if parser.eat("...")? {
                parser.pattern()?;
                return Ok(());
            } else {
                Some(parser.pattern_with_default()?)
            };
            elements.push(element);
            Ok(())
        })?;
        self.ascend();
        let (span, elements) = (self.span_from(start), self.list(&elements));
        Ok(Pattern::Array(self.alloc(ArrayPattern { span, elements })))
    }

    /// The name of a property: a word, a string, a number, or `[expression]`.
    pub(super) fn key(&mut self) -> Parsed<Key<'a>> {
        let token = self.token();
        let span = token.span();
        match token.kind {
            TokenKind::Word => {
                let word = self.word()?;
                Ok(Key { span, name: Some(word.name) })
            }
            TokenKind::String => {
                let name = self.string_value(&token)?;
                self.advance()?;
                Ok(Key { span, name: Some(name) })
            }
            TokenKind::Number => {
                numbers::value(token.text).map_err(|wrong| messages::no_number(&token, wrong))?;
                self.advance()?;
                Ok(Key { span, name: None })
            }
            _ if token.is("[") => {
                self.advance()?;
                let context = std::mem::take(&mut self.context);
                let key = self.assignment()?;
                self.context = context;
                self.close("]", span)?;
                let name = if let Expression::String(text) = key { Some(text.value) } else { None };
                Ok(Key { span: key.span(), name })
            }
            _ => Err(Box::new(
                messages::unexpected("the name of a property", &token).help("write a word, or a string"),
            )),
        }
    }
}
