//! Functions and classes.

use super::super::lexer::TokenKind;
use super::super::tree::{
    Arrow, Expression, Function, Identifier, Parameter, Parameters, Pattern, Return, Statement,
};
use super::Parser;
use crate::diagnostics::Span;
use crate::syntax::messages::{self, Parsed};

/// What stands in front of the parameters of a function.
#[derive(Clone, Copy, Default)]
pub(super) struct Head<'a> {
    pub(super) start: u32,
    pub(super) id: Option<Identifier<'a>>,
    pub(super) is_async: bool,
    pub(super) is_generator: bool,
}

impl<'a> Parser<'a> {
    /// An arrow function, or `yield`: what binds less tightly than any operator, if it begins here.
    pub(super) fn function_value(&mut self) -> Parsed<Option<Expression<'a>>> {
        let start = self.start();
        match self.token().text {
            "yield" => self.yield_expression().map(Some),
            "async" => self.async_arrow(start),
            "(" if self.is_arrow() => self.arrow(start, false).map(Some),
            "<" => Ok(self.attempt(|parser| parser.generic_arrow(start, false))),
            _ if self.is_word() && self.is_before("=>") => self.short_arrow(start, false).map(Some),
            _ => Ok(None),
        }
    }

    /// `async name => …` or `async (…) => …`
    fn async_arrow(&mut self, start: u32) -> Parsed<Option<Expression<'a>>> {
        let Some(next) = self.second().filter(|next| !next.on_new_line) else { return Ok(None) };
        if next.is("=>") {
            return self.short_arrow(start, false).map(Some);
        }
        if self.is_before_short_arrow() {
            self.advance()?;
            return self.short_arrow(start, true).map(Some);
        }
        if next.is("<") {
            return Ok(self.attempt(|parser| {
                parser.advance()?;
                parser.generic_arrow(start, true)
            }));
        }
        if !next.is("(") {
            return Ok(None);
        }
        let place = self.place;
        self.advance()?;
        if self.is_arrow() {
            return self.arrow(start, true).map(Some);
        }
        self.place = place;
        Ok(None)
    }

    /// `<T>(…) => …`
    fn generic_arrow(&mut self, start: u32, is_async: bool) -> Parsed<Expression<'a>> {
        if !self.at("<") {
            return Err(Box::new(messages::unexpected("`<`", &self.token())));
        }
        self.type_parameters()?;
        self.arrow(start, is_async)
    }

    /// `name => …`
    fn short_arrow(&mut self, start: u32, is_async: bool) -> Parsed<Expression<'a>> {
        let name = self.name()?;
        let pattern = Pattern::Identifier(self.alloc(name));
        let parameter = Parameter { span: name.span, pattern, annotation: None, initializer: None };
        let parameters = Parameters { span: name.span, items: self.list(&[parameter]), rest: None };
        self.arrow_behind(start, is_async, parameters)
    }

    /// `(…) => …`
    fn arrow(&mut self, start: u32, is_async: bool) -> Parsed<Expression<'a>> {
        let parameters = self.parameters()?;
        self.result_type()?;
        self.arrow_behind(start, is_async, parameters)
    }

    fn arrow_behind(
        &mut self,
        start: u32,
        is_async: bool,
        parameters: Parameters<'a>,
    ) -> Parsed<Expression<'a>> {
        let sign = self.token();
        if sign.is("=>") && sign.on_new_line {
            return Err(Box::new(
                messages::mistake(sign.span())
                    .message("`=>` stands on another line than the parameters")
                    .help("write it behind them"),
            ));
        }
        self.expect("=>")?;
        let (body, expression) = if self.at("{") {
            (self.body()?, None)
        } else {
            let context = self.context;
            self.context.is_choice = false;
            let expression = self.assignment()?;
            self.context = context;
            (self.returning(expression), Some(expression))
        };
        let span = self.span_from(start);
        let function = Function { span, id: None, is_async, is_generator: false, parameters, body };
        Ok(Expression::Arrow(self.alloc(Arrow { function, expression })))
    }

    /// The body of an arrow function that is only an expression.
    fn returning(&self, expression: Expression<'a>) -> &'a [Statement<'a>] {
        let leave = Return { span: expression.span(), argument: Some(expression) };
        self.list(&[Statement::Return(self.alloc(leave))])
    }

    /// Whether `name =>` follows the next token on its line.
    pub(super) fn is_before_short_arrow(&self) -> bool {
        let mut lexer = self.place.lexer;
        let name = lexer.next().is_ok_and(|name| name.kind == TokenKind::Word && !name.on_new_line);
        name && lexer.peek().is_some_and(|sign| sign.is("=>"))
    }

    /// Whether `async` at this place is that of a function.
    pub(super) fn is_before_function(&self) -> bool {
        self.second().is_some_and(|next| next.is("function") && !next.on_new_line)
    }

    pub(super) fn function_expression(&mut self) -> Parsed<Expression<'a>> {
        self.function(false).map(Expression::Function)
    }

    /// `function name(…) { … }`, `async function …`, `function* …`
    pub(super) fn function(&mut self, needs_name: bool) -> Parsed<&'a Function<'a>> {
        let start = self.start();
        let is_async = self.eat("async")?;
        self.expect("function")?;
        let is_generator = self.eat("*")?;
        let is_named = needs_name || !matches!(self.token().text, "(" | "<");
        let id = if is_named { Some(self.name()?) } else { None };
        self.type_parameters()?;
        self.function_behind(Head { start, id, is_async, is_generator })
    }

    /// The parameters and what the function does.
    pub(super) fn function_behind(&mut self, head: Head<'a>) -> Parsed<&'a Function<'a>> {
        let Head { start, id, is_async, is_generator } = head;
        let parameters = self.parameters()?;
        self.result_type()?;
        let (body, span) = (self.body()?, self.span_from(start));
        Ok(self.alloc(Function { span, id, is_async, is_generator, parameters, body }))
    }

    /// What a function is given: names or patterns, which may have types and default values.
    pub(super) fn parameters(&mut self) -> Parsed<Parameters<'a>> {
        let (start, open) = (self.start(), self.token().span());
        if !self.at("(") {
            return Err(Box::new(messages::unexpected(
                "`(` and the parameters of a function",
                &self.token(),
            )));
        }
        self.advance()?;
        let (mut items, mut rest) = (Vec::new(), None);
        self.in_list(")", open, |parser| {
            if let Some(span) = rest {
                return Err(Box::new(
                    messages::mistake(span)
                        .message("`...` stands before another parameter")
                        .help("only the last one can take all that are left"),
                ));
            }
            let start = parser.start();
            if parser.eat("...")? {
                parser.pattern()?;
                parser.annotation_behind_colon()?;
                rest = Some(parser.span_from(start));
                return Ok(());
            }
            // TypeScript: what the function is called on.
            if parser.eat("this")? {
                return parser.annotation_behind_colon().map(drop);
            }
            items.push(parser.parameter(start)?);
            Ok(())
        })?;
        Ok(Parameters { span: self.span_from(start), items: self.list(&items), rest })
    }

    fn parameter(&mut self, start: u32) -> Parsed<Parameter<'a>> {
        let pattern = self.pattern()?;
        // TypeScript: it may be left out.
        self.eat("?")?;
        let annotation = self.annotation_behind_colon()?;
        let initializer = if self.eat("=")? { Some(self.assignment()?) } else { None };
        Ok(Parameter { span: self.span_from(start), pattern, annotation, initializer })
    }

    /// The statements of a function, but for its directives.
    pub(super) fn body(&mut self) -> Parsed<&'a [Statement<'a>]> {
        let open = self.token().span();
        if !self.at("{") {
            return Err(Box::new(
                messages::unexpected("`{`", &self.token()).help("write what the function does in braces"),
            ));
        }
        self.advance()?;
        let context = std::mem::take(&mut self.context);
        let mut statements = Vec::new();
        while !self.eat("}")? {
            let first = self.token();
            let statement = self.statement_of_list(open)?;
            let is_directive = statements.is_empty()
                && first.kind == TokenKind::String
                && matches!(statement, Statement::Expression(statement)
                    if matches!(statement.expression, Expression::String(_)));
            if !is_directive {
                statements.push(statement);
            }
        }
        self.context = context;
        Ok(self.list(&statements))
    }

    /// A class, in which nothing is looked at.
    pub(super) fn class(&mut self) -> Parsed<()> {
        self.descend()?;
        self.advance()?;
        if self.is_word() && !matches!(self.token().text, "extends" | "implements") {
            self.name()?;
        }
        self.type_parameters()?;
        if self.eat("extends")? {
            self.members()?;
        }
        self.ascend();
        self.skip_to_brace()
    }

    /// Skips all up to a brace, and what stands in that.
    pub(super) fn skip_to_brace(&mut self) -> Parsed<()> {
        let start = Span { start: self.place.previous_end, end: self.place.previous_end };
        while !self.at("{") {
            if self.token().kind == TokenKind::End || self.at(";") {
                return Err(messages::not_closed("`{`", "{ … }", start, &self.token()));
            }
            self.advance()?;
        }
        self.skip_brackets()
    }
}
