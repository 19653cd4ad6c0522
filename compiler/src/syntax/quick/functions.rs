//! Functions, and the one that the text is.

use oxc_allocator::{ArenaBox, ArenaVec};
use oxc_ast::ast::{
    BindingIdentifier, BindingPattern, Directive, Expression, FormalParameter, FormalParameterKind,
    FormalParameters, Function, FunctionBody, FunctionType, Statement,
};

use super::Parser;
use super::expressions::contents;
use super::lexer::TokenKind;
use crate::diagnostics;
use crate::syntax::{KernelBody, KernelSyntax, Positions};

impl<'a> Parser<'a> {
    /// The whole text: an arrow function, a function or a method.
    pub(super) fn kernel(mut self) -> Option<KernelSyntax<'a>> {
        let mut start = self.token.span().start;
        let is_short = self.is_before("=>");
        let is_arrow = is_short || self.at("(");
        let parameters = if is_short {
            self.only_parameter()?
        } else if is_arrow {
            self.parameters(FormalParameterKind::ArrowFormalParameters)?
        } else if self.at("function") {
            // Behind a comment, it may be taken for a method of this name.
            self.source.get(..start as usize)?.trim_ascii().is_empty().then_some(())?;
            self.advance()?;
            self.function_name()?;
            self.parameters(FormalParameterKind::FormalParameter)?
        } else {
            self.method_name()?;
            start = self.token.span().start;
            self.parameters(FormalParameterKind::UniqueFormalParameters)?
        };
        if is_arrow {
            (!self.token.on_new_line).then_some(())?;
            self.expect("=>")?;
        }
        let body = if is_arrow && !self.at("{") {
            KernelBody::Expression(self.allocator.alloc(self.assignment()?))
        } else {
            let body: &'a FunctionBody<'a> = self.allocator.alloc(self.body()?);
            KernelBody::Statements(&body.statements)
        };
        let parameters: &'a FormalParameters<'a> = self.allocator.alloc(parameters);
        let positions = Positions { prefix: 0, length: self.source.len() as u32 };
        let head = diagnostics::Span { start, end: parameters.span.end };
        (self.token.kind == TokenKind::End).then_some(KernelSyntax {
            parameters,
            body,
            positions,
            head,
            constants: super::super::Constants::default(),
        })
    }

    /// Whether this sign follows the next token.
    pub(super) fn is_before(&self, sign: &str) -> bool {
        self.lexer.clone().next().is_some_and(|token| token.text == sign)
    }

    /// `inputs` of `inputs => …`.
    fn only_parameter(&mut self) -> Option<ArenaBox<'a, FormalParameters<'a>>> {
        let (span, name) = self.name()?;
        let pattern = BindingPattern::new_binding_identifier(span, name, &self.ast);
        let parameter = FormalParameter::new_plain(span, pattern, &self.ast);
        let kind = FormalParameterKind::ArrowFormalParameters;
        Some(FormalParameters::boxed(span, kind, [parameter], None, &self.ast))
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
    fn function_name(&mut self) -> Option<Option<BindingIdentifier<'a>>> {
        if self.at("(") {
            return Some(None);
        }
        let (span, name) = self.name()?;
        Some(Some(BindingIdentifier::new(span, name, &self.ast)))
    }

    pub(super) fn function(&mut self, form: FunctionType) -> Option<ArenaBox<'a, Function<'a>>> {
        let start = self.token.span().start;
        self.expect("function")?;
        let name = self.function_name()?;
        (name.is_some() || form == FunctionType::FunctionExpression).then_some(())?;
        let parameters = self.parameters(FormalParameterKind::FormalParameter)?;
        let body = Some(self.body()?);
        let span = self.span_from(start);
        Some(Function::boxed(
            span, form, name, false, false, false, None, None, parameters, None, body, &self.ast,
        ))
    }

    /// Names in parentheses, which may have default values.
    fn parameters(&mut self, kind: FormalParameterKind) -> Option<ArenaBox<'a, FormalParameters<'a>>> {
        let start = self.token.span().start;
        self.expect("(")?;
        let mut items = ArenaVec::new_in(&self.ast);
        while !self.eat(")")? {
            let start = self.token.span().start;
            let pattern = self.pattern()?;
            let default = if self.eat("=")? { Some(self.assignment()?) } else { None };
            let mut parameter = FormalParameter::new_plain(self.span_from(start), pattern, &self.ast);
            parameter.initializer = default.map(|default| ArenaBox::new_in(default, &self.ast));
            items.push(parameter);
            self.separator(")")?;
        }
        Some(FormalParameters::boxed(self.span_from(start), kind, items, None, &self.ast))
    }

    /// The statements of a function, the first of which may be directives.
    fn body(&mut self) -> Option<ArenaBox<'a, FunctionBody<'a>>> {
        let start = self.token.span().start;
        self.expect("{")?;
        let mut directives = ArenaVec::new_in(&self.ast);
        let mut statements = ArenaVec::new_in(&self.ast);
        while !self.eat("}")? {
            let first = self.token;
            let statement = if self.at("function") {
                Statement::FunctionDeclaration(self.function(FunctionType::FunctionDeclaration)?)
            } else {
                self.statement_of_list()?
            };
            let may_direct = statements.is_empty() && first.kind == TokenKind::String;
            match statement {
                Statement::ExpressionStatement(statement)
                    if may_direct && matches!(statement.expression, Expression::StringLiteral(_)) =>
                {
                    let statement = statement.unbox();
                    let Expression::StringLiteral(string) = statement.expression else { return None };
                    let text = contents(first.text);
                    directives.push(Directive::new(statement.span, string.unbox(), text, &self.ast));
                }
                statement => statements.push(statement),
            }
        }
        Some(FunctionBody::boxed(self.span_from(start), directives, statements, &self.ast))
    }
}
