//! Functions, and the one that the text is.

use super::Parser;
use super::lexer::TokenKind;
use crate::diagnostics::Span;
use crate::syntax::KernelSyntax;
use crate::syntax::tree::{
    Body, Expression, Function, Identifier, Parameter, Parameters, Pattern, Statement,
};

impl<'a> Parser<'a> {
    /// The whole text: an arrow function, a function or a method.
    pub(super) fn kernel(mut self) -> Option<KernelSyntax<'a>> {
        let mut start = self.token.span().start;
        let is_short = self.is_before("=>");
        let is_arrow = is_short || self.at("(");
        let parameters = if is_short {
            self.only_parameter()?
        } else if is_arrow {
            self.parameters()?
        } else if self.at("function") {
            // Behind a comment, it may be taken for a method of this name.
            self.source.get(..start as usize)?.trim_ascii().is_empty().then_some(())?;
            self.advance()?;
            self.function_name()?;
            self.parameters()?
        } else {
            self.method_name()?;
            start = self.token.span().start;
            self.parameters()?
        };
        if is_arrow {
            (!self.token.on_new_line).then_some(())?;
            self.expect("=>")?;
        }
        let body = if is_arrow && !self.at("{") {
            Body::Expression(self.assignment()?)
        } else {
            Body::Statements(self.body()?)
        };
        let head = Span { start, end: parameters.span.end };
        (self.token.kind == TokenKind::End).then_some(KernelSyntax { parameters, body, head })
    }

    /// Whether this sign follows the next token.
    pub(super) fn is_before(&self, sign: &str) -> bool {
        self.lexer.clone().next().is_some_and(|token| token.text == sign)
    }

    /// `inputs` of `inputs => …`.
    fn only_parameter(&mut self) -> Option<Parameters<'a>> {
        let name = self.name()?;
        let (span, pattern) = (name.span, Pattern::Identifier(self.alloc(name)));
        let parameter = Parameter { span, pattern, annotation: None, initializer: None };
        Some(Parameters { span, items: self.list(&[parameter]), rest: None })
    }

    /// `name`, `"name"` or `[name]` of a method.
    fn method_name(&mut self) -> Option<()> {
        if self.eat("[")? {
            self.assignment()?;
            return self.expect("]");
        }
        matches!(self.token.kind, TokenKind::Word | TokenKind::String).then_some(())?;
        self.advance()
    }

    /// The name of a function, if it has one.
    fn function_name(&mut self) -> Option<Option<Identifier<'a>>> {
        if self.at("(") {
            return Some(None);
        }
        self.name().map(Some)
    }

    pub(super) fn function(&mut self, needs_name: bool) -> Option<&'a Function<'a>> {
        let start = self.token.span().start;
        self.expect("function")?;
        let id = self.function_name()?;
        (id.is_some() || !needs_name).then_some(())?;
        let parameters = self.parameters()?;
        let (body, span) = (self.body()?, self.span_from(start));
        Some(self.alloc(Function { span, id, is_async: false, is_generator: false, parameters, body }))
    }

    /// Names in parentheses, which may have default values.
    fn parameters(&mut self) -> Option<Parameters<'a>> {
        let start = self.token.span().start;
        self.expect("(")?;
        let mut items = Vec::new();
        while !self.eat(")")? {
            let start = self.token.span().start;
            let pattern = self.pattern()?;
            let initializer = if self.eat("=")? { Some(self.assignment()?) } else { None };
            items.push(Parameter { span: self.span_from(start), pattern, annotation: None, initializer });
            self.separator(")")?;
        }
        Some(Parameters { span: self.span_from(start), items: self.list(&items), rest: None })
    }

    /// The statements of a function, but for its directives.
    fn body(&mut self) -> Option<&'a [Statement<'a>]> {
        self.expect("{")?;
        let mut statements = Vec::new();
        while !self.eat("}")? {
            let first = self.token;
            let statement = if self.at("function") {
                Statement::Function(self.function(true)?)
            } else {
                self.statement_of_list()?
            };
            let is_directive = statements.is_empty()
                && first.kind == TokenKind::String
                && matches!(statement, Statement::Expression(statement)
                    if matches!(statement.expression, Expression::String(_)));
            if !is_directive {
                statements.push(statement);
            }
        }
        Some(self.list(&statements))
    }
}
