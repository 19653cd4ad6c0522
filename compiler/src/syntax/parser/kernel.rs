//! The whole text: the one function that it is, in the form that `toString()` gives it.

use super::super::lexer::TokenKind;
use super::super::tree::{Body, Expression, Function, Parameters};
use super::Parser;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::syntax::KernelSyntax;
use crate::syntax::messages::{self, Parsed};

impl<'a> Parser<'a> {
    /// The whole text: a function or an arrow function, or a method of an object or a class.
    pub(super) fn kernel(mut self) -> Parsed<KernelSyntax<'a>> {
        let is_native = |window: &[u8]| window == b"[native code]";
        if self.source.as_bytes().windows(13).any(is_native) {
            return Err(self.not_a_function("this function has no source text"));
        }
        if self.token().kind == TokenKind::End {
            return Err(self.not_a_function("there is no function in this text"));
        }
        // A method with type parameters begins like a comparison.
        let is_generic = self.is_before("<") && !self.at("function");
        let generic = is_generic.then(|| self.attempt(Self::method_kernel)).flatten();
        let syntax = match generic {
            Some(syntax) => syntax,
            None if self.is_method() => self.method_kernel()?,
            None => self.function_kernel()?,
        };
        self.no_default_outside_pattern()?;
        match self.token().kind {
            TokenKind::End => Ok(syntax),
            _ => Err(Box::new(
                messages::unexpected("the end of the text", &self.token())
                    .note("a kernel is one function, and nothing else")
                    .help("leave out what stands behind it"),
            )),
        }
    }

    /// Whether the text begins like a method, or calls something.
    fn is_method(&self) -> bool {
        let token = self.token();
        match token.kind {
            TokenKind::String | TokenKind::Number => self.is_before("("),
            TokenKind::Sign => matches!(token.text, "*" | "#" | "["),
            TokenKind::Word => match token.text {
                "function" => false,
                "async" if self.is_before_function() => false,
                "async" if self.is_before("(") => !self.is_call_of_arrow(),
                "async" if self.is_before_short_arrow() => false,
                "static" | "async" | "get" | "set" => self.second().is_some_and(|next| {
                    matches!(next.kind, TokenKind::Word | TokenKind::String | TokenKind::Number)
                        || matches!(next.text, "(" | "*" | "#" | "[")
                }),
                _ => self.is_before("("),
            },
            TokenKind::End => false,
        }
    }

    /// Whether `async (…) =>` begins here.
    fn is_call_of_arrow(&self) -> bool {
        let mut look =
            Self { arrows: Vec::new(), open_types: Vec::new(), no_types: Default::default(), ..*self };
        look.advance().is_ok() && look.is_arrow()
    }

    fn function_kernel(&mut self) -> Parsed<KernelSyntax<'a>> {
        let expression = self.expression()?;
        let (function, body) = match expression {
            Expression::Arrow(arrow) => {
                let body = arrow.expression.map(Body::Expression);
                (&arrow.function, body.unwrap_or(Body::Statements(arrow.function.body)))
            }
            Expression::Function(function) => (function, Body::Statements(function.body)),
            _ if self.token().kind == TokenKind::End => {
                return Err(self.not_a_function("this is not a function"));
            }
            _ => return Err(messages::not_separated(&self.token())),
        };
        let Function { parameters, is_async, is_generator, span, .. } = *function;
        syntax_of(span.start, parameters, body, is_async, is_generator)
    }

    /// `name(…) { … }` with what stands before the name of a method.
    fn method_kernel(&mut self) -> Parsed<KernelSyntax<'a>> {
        let (mut is_async, mut is_accessor) = (false, false);
        while matches!(self.token().text, "static" | "async" | "get" | "set") && !self.is_before("(") {
            is_async |= self.at("async");
            is_accessor |= self.at("get") || self.at("set");
            self.advance()?;
        }
        let is_generator = self.eat("*")?;
        if self.at("#") {
            self.private_name()?;
        } else {
            self.key()?;
        }
        if !matches!(self.token().text, "(" | "<") {
            return Err(self.not_a_function("this is not a function"));
        }
        let start = self.start();
        self.type_parameters()?;
        let parameters = self.parameters()?;
        self.result_type()?;
        // `f(x)` is a call.
        if !self.at("{") || is_accessor {
            return Err(self.not_a_function("this is not a function"));
        }
        let body = Body::Statements(self.body()?);
        syntax_of(start, parameters, body, is_async, is_generator)
    }

    fn not_a_function(&self, message: &str) -> Box<Diagnostic> {
        let end = self.source.lines().next().map_or(0, str::len) as u32;
        Box::new(
            Diagnostic::new(Code::NotAFunction, Span { start: 0, end })
                .message(message)
                .note("kernels are compiled from their source text, which bound and built-in functions do not have")
                .help("pass an ordinary function: `(inputs) => { … }`"),
        )
    }
}

fn syntax_of<'a>(
    start: u32,
    parameters: Parameters<'a>,
    body: Body<'a>,
    is_async: bool,
    is_generator: bool,
) -> Parsed<KernelSyntax<'a>> {
    let head = Span { start, end: parameters.span.end };
    let form = match (is_async, is_generator) {
        (false, false) => return Ok(KernelSyntax { parameters, body, head }),
        (true, _) => "async",
        (false, true) => "a generator",
    };
    Err(Box::new(
        Diagnostic::new(Code::AsyncOrGenerator, head)
            .message(format!("a kernel cannot be {form}"))
            .note("a kernel runs on the GPU from start to end; there is nothing it could wait for")
            .help("write `(inputs) => { … }`"),
    ))
}
