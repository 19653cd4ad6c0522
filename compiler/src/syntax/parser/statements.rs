//! Statements.

use super::super::lexer::TokenKind;
use super::super::tree::{
    Block, DoWhile, Expression, ExpressionStatement, For, ForInit, ForOf, Foreign, ForeignKind, If, Jump,
    Labeled, Return, Statement, Switch, SwitchCase, VariableDeclaration, VariableDeclarator, VariableKind,
    While,
};
use super::Parser;
use crate::diagnostics::Span;
use crate::syntax::messages::{self, Parsed};

impl<'a> Parser<'a> {
    /// A statement within the braces that open at `open`.
    pub(super) fn statement_of_list(&mut self, open: Span) -> Parsed<Statement<'a>> {
        let token = self.token();
        if token.kind == TokenKind::End {
            return Err(messages::not_closed("`}`", "}", open, &token));
        }
        self.statement()
    }

    pub(super) fn statement(&mut self) -> Parsed<Statement<'a>> {
        self.descend()?;
        let statement = match self.token().kind {
            TokenKind::Word => self.word_statement()?,
            _ => match self.token().text {
                "{" => self.block_statement()?,
                ";" => {
                    let span = self.token().span();
                    self.advance()?;
                    Statement::Empty(span)
                }
                _ => self.expression_statement()?,
            },
        };
        self.ascend();
        Ok(statement)
    }

    fn word_statement(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        let kind = match self.token().text {
            "const" if self.is_before("enum") => return self.declared_type(),
            "var" | "let" | "const" => return self.declaration(),
            "function" => return self.function(true).map(Statement::Function),
            "async" if self.is_before_function() => return self.function(true).map(Statement::Function),
            "if" => return self.if_statement(),
            "for" => return self.for_statement(),
            "while" => return self.while_statement(),
            "do" => return self.do_while_statement(),
            "switch" => return self.switch_statement(),
            "break" | "continue" => return self.break_or_continue(),
            "return" => return self.return_statement(),
            "using" if self.is_before_word() => return self.declaration(),
            "await" if self.is_before("using") => return self.declaration(),
            "enum" => return self.declared_type(),
            "interface" | "type" | "namespace" | "module" | "declare" | "abstract"
                if self.is_before_declared() =>
            {
                return self.declared_type();
            }
            "class" => {
                self.class()?;
                ForeignKind::Class
            }
            "throw" => {
                self.advance()?;
                if self.token().on_new_line {
                    return Err(Box::new(
                        messages::mistake(self.span_from(start))
                            .message("the line ends behind `throw`")
                            .help("write what is thrown in the same line"),
                    ));
                }
                self.expression()?;
                self.semicolon()?;
                ForeignKind::Throw
            }
            "try" => {
                self.try_statement()?;
                ForeignKind::Try
            }
            "with" => {
                self.advance()?;
                self.condition()?;
                self.statement()?;
                ForeignKind::With
            }
            "debugger" => {
                self.advance()?;
                self.semicolon()?;
                ForeignKind::Debugger
            }
            _ if self.is_before(":") => return self.labeled(),
            _ => return self.expression_statement(),
        };
        Ok(self.foreign_statement(start, kind))
    }

    /// Whether what follows a word of TypeScript is declared by it.
    fn is_before_declared(&self) -> bool {
        let operators = ["in", "instanceof", "as", "satisfies", "is"];
        self.is_before_word() && self.second().is_some_and(|next| !operators.contains(&next.text))
    }

    fn foreign_statement(&self, start: u32, kind: ForeignKind) -> Statement<'a> {
        Statement::Foreign(self.alloc(Foreign { span: self.span_from(start), kind }))
    }

    fn block_statement(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        let body = self.block()?;
        Ok(Statement::Block(self.alloc(Block { span: self.span_from(start), body })))
    }

    /// Statements in braces.
    fn block(&mut self) -> Parsed<&'a [Statement<'a>]> {
        let open = self.token().span();
        self.expect("{")?;
        let mut body = Vec::new();
        while !self.eat("}")? {
            body.push(self.statement_of_list(open)?);
        }
        Ok(self.list(&body))
    }

    fn declaration(&mut self) -> Parsed<Statement<'a>> {
        let mut variables = self.variables()?;
        self.semicolon()?;
        variables.span.end = self.place.previous_end;
        self.no_default_outside_pattern()?;
        Ok(Statement::Variable(self.alloc(variables)))
    }

    /// `let a, b = 1` without the end of the statement.
    fn variables(&mut self) -> Parsed<VariableDeclaration<'a>> {
        let start = self.start();
        self.eat("await")?;
        let kind = match self.token().text {
            "var" => VariableKind::Var,
            "let" => VariableKind::Let,
            "const" => VariableKind::Const,
            _ => VariableKind::Using,
        };
        self.advance()?;
        let mut variables = Vec::new();
        loop {
            let id = self.pattern()?;
            // TypeScript: it gets a value elsewhere.
            if self.at("!") && self.is_before(":") {
                self.advance()?;
            }
            self.annotation_behind_colon()?;
            let init = if self.eat("=")? { Some(self.assignment()?) } else { None };
            variables.push(VariableDeclarator { id, init });
            if !self.eat(",")? {
                let (span, declarations) = (self.span_from(start), self.list(&variables));
                return Ok(VariableDeclaration { span, kind, declarations });
            }
        }
    }

    /// `if`, and the `else if` that follow it: made from the last to the first, as there may be as many as the text holds.
    fn if_statement(&mut self) -> Parsed<Statement<'a>> {
        let mut branches = Vec::new();
        let mut alternate = None;
        loop {
            let start = self.start();
            self.advance()?;
            let test = self.condition()?;
            branches.push((start, test, self.statement()?));
            if !self.eat("else")? {
                break;
            }
            if !self.at("if") {
                alternate = Some(self.statement()?);
                break;
            }
        }
        let mut statement = None;
        while let Some((start, test, consequent)) = branches.pop() {
            let branch = If { span: self.span_from(start), test, consequent, alternate };
            alternate = Some(Statement::If(self.alloc(branch)));
            statement = alternate;
        }
        statement.ok_or_else(|| messages::no_value(&self.token()))
    }

    fn for_statement(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        self.advance()?;
        let is_await = self.eat("await")?;
        let open = self.token().span();
        self.expect("(")?;
        self.context.is_head = true;
        let init = match self.token().text {
            ";" => None,
            "var" | "let" | "const" => {
                let variables = self.variables()?;
                Some(ForInit::Variable(self.alloc(variables)))
            }
            "using" if self.is_before_word() && !self.is_before("of") => {
                let variables = self.variables()?;
                Some(ForInit::Variable(self.alloc(variables)))
            }
            _ => Some(ForInit::Expression(self.expression()?)),
        };
        self.context.is_head = false;
        if self.at("of") || self.at("in") {
            return self.for_each_statement(start, open, init.filter(|_| !is_await));
        }
        self.head_semicolon(open)?;
        let test = self.expression_unless(";")?;
        self.head_semicolon(open)?;
        let update = self.expression_unless(")")?;
        self.close(")", open)?;
        let body = self.statement()?;
        let span = self.span_from(start);
        Ok(Statement::For(self.alloc(For { span, init, test, update, body })))
    }

    /// `of right) body` or `in right) body`, behind what is declared for each.
    fn for_each_statement(
        &mut self,
        start: u32,
        open: Span,
        left: Option<ForInit<'a>>,
    ) -> Parsed<Statement<'a>> {
        let is_of = self.at("of");
        self.default_outside_pattern = None;
        self.advance()?;
        let right = if is_of { self.assignment()? } else { self.expression()? };
        self.close(")", open)?;
        let body = self.statement()?;
        let span = self.span_from(start);
        match left {
            Some(ForInit::Variable(&VariableDeclaration {
                kind,
                declarations: &[VariableDeclarator { id, init: None }],
                ..
            })) if is_of => Ok(Statement::ForOf(self.alloc(ForOf { span, kind, id, right, body }))),
            _ => {
                let kind = if is_of { ForeignKind::ForOf } else { ForeignKind::ForIn };
                Ok(self.foreign_statement(start, kind))
            }
        }
    }

    fn head_semicolon(&mut self, open: Span) -> Parsed<()> {
        if self.eat(";")? {
            return Ok(());
        }
        Err(Box::new(
            messages::unexpected("`;`", &self.token())
                .and_label(open, "the head of the loop begins here")
                .help("it has three parts: `for (let i = 0; i < n; i++)`"),
        ))
    }

    fn expression_unless(&mut self, end: &str) -> Parsed<Option<Expression<'a>>> {
        if self.at(end) { Ok(None) } else { self.expression().map(Some) }
    }

    fn while_statement(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        self.advance()?;
        let (test, body) = (self.condition()?, self.statement()?);
        Ok(Statement::While(self.alloc(While { span: self.span_from(start), test, body })))
    }

    /// It needs no semicolon, whatever follows.
    fn do_while_statement(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        self.advance()?;
        let body = self.statement()?;
        self.expect("while")?;
        let test = self.condition()?;
        self.eat(";")?;
        Ok(Statement::DoWhile(self.alloc(DoWhile { span: self.span_from(start), body, test })))
    }

    /// An expression in parentheses.
    fn condition(&mut self) -> Parsed<Expression<'a>> {
        let open = self.token().span();
        self.expect("(")?;
        let condition = self.bracketed_expression()?;
        self.close(")", open)?;
        Ok(condition)
    }

    fn switch_statement(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        self.advance()?;
        let discriminant = self.condition()?;
        let open = self.token().span();
        self.expect("{")?;
        let mut cases = Vec::new();
        let mut default: Option<Span> = None;
        while !self.eat("}")? {
            let word = self.token().span();
            let case = self.switch_case(open)?;
            if case.test.is_none()
                && let Some(earlier) = default.replace(word)
            {
                return Err(Box::new(
                    messages::mistake(word)
                        .message("this switch has a `default` already")
                        .and_label(earlier, "the first one")
                        .help("take one of them away"),
                ));
            }
            cases.push(case);
        }
        let (span, cases) = (self.span_from(start), self.list(&cases));
        Ok(Statement::Switch(self.alloc(Switch { span, discriminant, cases })))
    }

    fn switch_case(&mut self, open: Span) -> Parsed<SwitchCase<'a>> {
        let start = self.start();
        let test = if self.eat("default")? {
            None
        } else if self.eat("case")? {
            Some(self.expression()?)
        } else {
            return Err(messages::not_closed("`case`, `default` or `}`", "}", open, &self.token()));
        };
        self.expect(":")?;
        let mut body = Vec::new();
        while !["case", "default", "}"].contains(&self.token().text) {
            body.push(self.statement_of_list(open)?);
        }
        Ok(SwitchCase { span: self.span_from(start), test, consequent: self.list(&body) })
    }

    fn break_or_continue(&mut self) -> Parsed<Statement<'a>> {
        let (start, is_break) = (self.start(), self.at("break"));
        self.advance()?;
        let label = if self.at(";") || self.is_semicolon_inserted() { None } else { Some(self.name()?) };
        self.semicolon()?;
        let jump = self.alloc(Jump { span: self.span_from(start), label });
        Ok(if is_break { Statement::Break(jump) } else { Statement::Continue(jump) })
    }

    fn return_statement(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        self.advance()?;
        let argument = if self.is_semicolon_inserted() { None } else { self.expression_unless(";")? };
        self.semicolon()?;
        self.no_default_outside_pattern()?;
        Ok(Statement::Return(self.alloc(Return { span: self.span_from(start), argument })))
    }

    fn labeled(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        let label = self.name()?;
        self.expect(":")?;
        let body = self.statement()?;
        let span = self.span_from(start);
        Ok(Statement::Labeled(self.alloc(Labeled { span, label, body })))
    }

    fn expression_statement(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        let expression = self.expression()?;
        self.semicolon()?;
        self.no_default_outside_pattern()?;
        let span = self.span_from(start);
        Ok(Statement::Expression(self.alloc(ExpressionStatement { span, expression })))
    }

    fn try_statement(&mut self) -> Parsed<()> {
        self.advance()?;
        self.block()?;
        let has_catch = self.eat("catch")?;
        if has_catch {
            if self.eat("(")? {
                self.pattern()?;
                self.annotation_behind_colon()?;
                self.expect(")")?;
            }
            self.block()?;
        }
        if self.eat("finally")? {
            self.block()?;
        } else if !has_catch {
            self.expect("catch")?;
        }
        Ok(())
    }

    /// What only TypeScript declares. Nothing in it is looked at.
    fn declared_type(&mut self) -> Parsed<Statement<'a>> {
        let start = self.start();
        if self.eat("declare")? && matches!(self.token().text, "var" | "let" | "const") {
            self.variables()?;
            self.semicolon()?;
        } else if self.eat("type")? {
            self.name()?;
            self.type_parameters()?;
            self.expect("=")?;
            self.annotation()?;
            self.semicolon()?;
        } else {
            self.skip_to_brace()?;
        }
        Ok(self.foreign_statement(start, ForeignKind::Other))
    }
}
