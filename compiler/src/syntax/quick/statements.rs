//! Statements.

use super::Parser;
use crate::syntax::tree::{
    Block, DoWhile, Expression, ExpressionStatement, For, ForInit, ForOf, If, Jump, Labeled, Return,
    Statement, Switch, SwitchCase, VariableDeclaration, VariableDeclarator, VariableKind, While,
};

impl<'a> Parser<'a> {
    /// A statement where `let` and `const` may stand.
    pub(super) fn statement_of_list(&mut self) -> Option<Statement<'a>> {
        if self.at("let") || self.at("const") { self.declaration() } else { self.statement() }
    }

    fn statement(&mut self) -> Option<Statement<'a>> {
        self.descend()?;
        let statement = match self.token.text {
            "{" => self.block_statement()?,
            ";" => {
                let span = self.token.span();
                self.advance()?;
                Statement::Empty(span)
            }
            "var" => self.declaration()?,
            "if" => self.if_statement()?,
            "for" => self.for_statement()?,
            "while" => self.while_statement()?,
            "do" => self.do_while_statement()?,
            "switch" => self.switch_statement()?,
            "break" | "continue" => self.break_or_continue()?,
            "return" => self.return_statement()?,
            // Functions are declared in bodies of functions only.
            "function" => return None,
            _ => self.expression_or_labeled_statement()?,
        };
        self.depth -= 1;
        Some(statement)
    }

    fn block_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.expect("{")?;
        let mut body = Vec::new();
        while !self.eat("}")? {
            body.push(self.statement_of_list()?);
        }
        let (span, body) = (self.span_from(start), self.list(&body));
        Some(Statement::Block(self.alloc(Block { span, body })))
    }

    fn declaration(&mut self) -> Option<Statement<'a>> {
        let mut variables = self.variables()?;
        self.semicolon()?;
        variables.span.end = self.previous_end;
        Some(Statement::Variable(self.alloc(variables)))
    }

    /// `let a, b = 1` without the end of the statement.
    fn variables(&mut self) -> Option<VariableDeclaration<'a>> {
        let start = self.token.span().start;
        let kind = match self.token.text {
            "var" => VariableKind::Var,
            "let" => VariableKind::Let,
            _ => VariableKind::Const,
        };
        self.advance()?;
        let mut variables = Vec::new();
        loop {
            let id = self.pattern()?;
            let init = if self.eat("=")? { Some(self.assignment()?) } else { None };
            let may_lack = kind != VariableKind::Const && id.identifier().is_some();
            (init.is_some() || may_lack).then_some(())?;
            variables.push(VariableDeclarator { id, init });
            if !self.eat(",")? {
                let (span, declarations) = (self.span_from(start), self.list(&variables));
                return Some(VariableDeclaration { span, kind, declarations });
            }
        }
    }

    fn if_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let test = self.condition()?;
        let consequent = self.statement()?;
        let alternate = if self.eat("else")? { Some(self.statement()?) } else { None };
        let span = self.span_from(start);
        Some(Statement::If(self.alloc(If { span, test, consequent, alternate })))
    }

    fn for_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        self.expect("(")?;
        if matches!(self.token.text, "var" | "let" | "const") && self.is_before_of() {
            return self.for_of_statement(start);
        }
        let init = match self.token.text {
            ";" => None,
            "var" | "let" | "const" => {
                let variables = self.variables()?;
                Some(ForInit::Variable(self.alloc(variables)))
            }
            _ => Some(ForInit::Expression(self.expression()?)),
        };
        self.expect(";")?;
        let test = self.expression_unless(";")?;
        self.expect(";")?;
        let update = self.expression_unless(")")?;
        self.expect(")")?;
        let body = self.statement()?;
        let span = self.span_from(start);
        Some(Statement::For(self.alloc(For { span, init, test, update, body })))
    }

    /// Whether `name of` follows this token.
    fn is_before_of(&self) -> bool {
        let mut lexer = self.lexer.clone();
        lexer.next();
        lexer.next().is_some_and(|token| token.text == "of")
    }

    /// `const name of right) body`
    fn for_of_statement(&mut self, start: u32) -> Option<Statement<'a>> {
        let kind = match self.token.text {
            "var" => VariableKind::Var,
            "let" => VariableKind::Let,
            _ => VariableKind::Const,
        };
        self.advance()?;
        let id = self.pattern()?;
        self.expect("of")?;
        let right = self.assignment()?;
        self.expect(")")?;
        let body = self.statement()?;
        let span = self.span_from(start);
        Some(Statement::ForOf(self.alloc(ForOf { span, kind, id, right, body })))
    }

    fn expression_unless(&mut self, end: &str) -> Option<Option<Expression<'a>>> {
        if self.at(end) { Some(None) } else { self.expression().map(Some) }
    }

    fn while_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let test = self.condition()?;
        let body = self.statement()?;
        Some(Statement::While(self.alloc(While { span: self.span_from(start), test, body })))
    }

    /// It needs no semicolon, whatever follows.
    fn do_while_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let body = self.statement()?;
        self.expect("while")?;
        let test = self.condition()?;
        self.eat(";")?;
        Some(Statement::DoWhile(self.alloc(DoWhile { span: self.span_from(start), body, test })))
    }

    fn condition(&mut self) -> Option<Expression<'a>> {
        self.expect("(")?;
        let condition = self.expression()?;
        self.expect(")")?;
        Some(condition)
    }

    fn switch_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let discriminant = self.condition()?;
        self.expect("{")?;
        let mut cases = Vec::new();
        let mut has_default = false;
        while !self.eat("}")? {
            let case = self.switch_case()?;
            (case.test.is_some() || !has_default).then_some(())?;
            has_default |= case.test.is_none();
            cases.push(case);
        }
        let (span, cases) = (self.span_from(start), self.list(&cases));
        Some(Statement::Switch(self.alloc(Switch { span, discriminant, cases })))
    }

    fn switch_case(&mut self) -> Option<SwitchCase<'a>> {
        let start = self.token.span().start;
        let test = if self.eat("default")? {
            None
        } else {
            self.expect("case")?;
            Some(self.expression()?)
        };
        self.expect(":")?;
        let mut body = Vec::new();
        while !["case", "default", "}"].contains(&self.token.text) {
            body.push(self.statement_of_list()?);
        }
        Some(SwitchCase { span: self.span_from(start), test, consequent: self.list(&body) })
    }

    fn break_or_continue(&mut self) -> Option<Statement<'a>> {
        let first = self.token;
        self.advance()?;
        let label = if self.at(";") || self.is_semicolon_inserted() { None } else { Some(self.name()?) };
        self.semicolon()?;
        let jump = self.alloc(Jump { span: self.span_from(first.span().start), label });
        Some(if first.text == "break" { Statement::Break(jump) } else { Statement::Continue(jump) })
    }

    fn return_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let argument = if self.is_semicolon_inserted() { None } else { self.expression_unless(";")? };
        self.semicolon()?;
        Some(Statement::Return(self.alloc(Return { span: self.span_from(start), argument })))
    }

    fn expression_or_labeled_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        let expression = self.expression()?;
        if let Expression::Identifier(&label) = expression
            && self.eat(":")?
        {
            let body = self.statement()?;
            let span = self.span_from(start);
            return Some(Statement::Labeled(self.alloc(Labeled { span, label, body })));
        }
        self.semicolon()?;
        let span = self.span_from(start);
        Some(Statement::Expression(self.alloc(ExpressionStatement { span, expression })))
    }
}
