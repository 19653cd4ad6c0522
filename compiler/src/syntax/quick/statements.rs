//! Statements.

use oxc_allocator::{ArenaBox, ArenaVec};
use oxc_ast::ast::{
    Expression, ForStatementInit, LabelIdentifier, Statement, SwitchCase, VariableDeclaration,
    VariableDeclarationKind, VariableDeclarator,
};

use super::Parser;

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
                Statement::new_empty_statement(span, &self.ast)
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
        let mut body = ArenaVec::new_in(&self.ast);
        while !self.eat("}")? {
            body.push(self.statement_of_list()?);
        }
        Some(Statement::new_block_statement(self.span_from(start), body, &self.ast))
    }

    fn declaration(&mut self) -> Option<Statement<'a>> {
        let mut variables = self.variables()?;
        self.semicolon()?;
        variables.span.end = self.previous_end;
        Some(Statement::VariableDeclaration(variables))
    }

    /// `let a, b = 1` without the end of the statement.
    fn variables(&mut self) -> Option<ArenaBox<'a, VariableDeclaration<'a>>> {
        let start = self.token.span().start;
        let kind = match self.token.text {
            "var" => VariableDeclarationKind::Var,
            "let" => VariableDeclarationKind::Let,
            _ => VariableDeclarationKind::Const,
        };
        self.advance()?;
        let mut variables = ArenaVec::new_in(&self.ast);
        loop {
            let first = self.token.span().start;
            let pattern = self.pattern()?;
            let value = if self.eat("=")? { Some(self.assignment()?) } else { None };
            let may_lack = kind != VariableDeclarationKind::Const && pattern.is_binding_identifier();
            (value.is_some() || may_lack).then_some(())?;
            let span = self.span_from(first);
            variables.push(VariableDeclarator::new(span, pattern, None, value, false, &self.ast));
            if !self.eat(",")? {
                return Some(VariableDeclaration::boxed(
                    self.span_from(start),
                    kind,
                    variables,
                    false,
                    &self.ast,
                ));
            }
        }
    }

    fn if_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let test = self.condition()?;
        let accept = self.statement()?;
        let reject = if self.eat("else")? { Some(self.statement()?) } else { None };
        Some(Statement::new_if_statement(self.span_from(start), test, accept, reject, &self.ast))
    }

    fn for_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        self.expect("(")?;
        let init = match self.token.text {
            ";" => None,
            "var" | "let" | "const" => Some(ForStatementInit::VariableDeclaration(self.variables()?)),
            _ => Some(ForStatementInit::from(self.expression()?)),
        };
        self.expect(";")?;
        let test = self.expression_unless(";")?;
        self.expect(";")?;
        let update = self.expression_unless(")")?;
        self.expect(")")?;
        let body = self.statement()?;
        Some(Statement::new_for_statement(self.span_from(start), init, test, update, body, &self.ast))
    }

    fn expression_unless(&mut self, end: &str) -> Option<Option<Expression<'a>>> {
        if self.at(end) { Some(None) } else { self.expression().map(Some) }
    }

    fn while_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let test = self.condition()?;
        let body = self.statement()?;
        Some(Statement::new_while_statement(self.span_from(start), test, body, &self.ast))
    }

    /// It needs no semicolon, whatever follows.
    fn do_while_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let body = self.statement()?;
        self.expect("while")?;
        let test = self.condition()?;
        self.eat(";")?;
        Some(Statement::new_do_while_statement(self.span_from(start), body, test, &self.ast))
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
        let value = self.condition()?;
        self.expect("{")?;
        let mut cases = ArenaVec::new_in(&self.ast);
        let mut has_default = false;
        while !self.eat("}")? {
            let case = self.switch_case()?;
            (case.test.is_some() || !has_default).then_some(())?;
            has_default |= case.test.is_none();
            cases.push(case);
        }
        Some(Statement::new_switch_statement(self.span_from(start), value, cases, &self.ast))
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
        let mut body = ArenaVec::new_in(&self.ast);
        while !["case", "default", "}"].contains(&self.token.text) {
            body.push(self.statement_of_list()?);
        }
        Some(SwitchCase::new(self.span_from(start), test, body, &self.ast))
    }

    fn break_or_continue(&mut self) -> Option<Statement<'a>> {
        let first = self.token;
        self.advance()?;
        let label = if self.at(";") || self.is_semicolon_inserted() {
            None
        } else {
            let (span, name) = self.name()?;
            Some(LabelIdentifier::new(span, name, &self.ast))
        };
        self.semicolon()?;
        let span = self.span_from(first.span().start);
        Some(match first.text {
            "break" => Statement::new_break_statement(span, label, &self.ast),
            _ => Statement::new_continue_statement(span, label, &self.ast),
        })
    }

    fn return_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        self.advance()?;
        let value = if self.is_semicolon_inserted() { None } else { self.expression_unless(";")? };
        self.semicolon()?;
        Some(Statement::new_return_statement(self.span_from(start), value, &self.ast))
    }

    fn expression_or_labeled_statement(&mut self) -> Option<Statement<'a>> {
        let start = self.token.span().start;
        let expression = self.expression()?;
        if let Expression::Identifier(name) = &expression
            && self.eat(":")?
        {
            let label = LabelIdentifier::new(name.span, name.name, &self.ast);
            let body = self.statement()?;
            return Some(Statement::new_labeled_statement(self.span_from(start), label, body, &self.ast));
        }
        self.semicolon()?;
        Some(Statement::new_expression_statement(self.span_from(start), expression, &self.ast))
    }
}
