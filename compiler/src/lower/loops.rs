//! Loops: all kinds become the one of the IR.

use super::builder::{BindingKind, Target, TargetKind};
use super::names::each_name;
use super::{Lowered, Lowerer};
use crate::diagnostics::Span;
use crate::ir::{Block, Expression, StatementKind, TestPosition};
use crate::syntax::tree::{Expression as Syntax, For, ForInit, Statement, VariableKind};

impl<'a> Lowerer<'a> {
    pub(super) fn lower_for(&mut self, repeat: &'a For<'a>, labels: Vec<String>, span: Span) -> Lowered<()> {
        self.builder.open_scope();
        match &repeat.init {
            Some(ForInit::Variable(declaration)) => {
                if declaration.kind != VariableKind::Var {
                    for declarator in declaration.declarations {
                        each_name(&declarator.id, &mut |identifier| {
                            let span = identifier.span;
                            self.builder.bind(identifier.name, BindingKind::NotYet, span);
                        });
                    }
                }
                self.lower_declarators(declaration, &[]);
            }
            Some(ForInit::Expression(expression)) => {
                let lowered = self.lower_effect(expression);
                self.note_refusal(lowered, span);
            }
            None => {}
        }
        let test = repeat.test.as_ref().map(|test| self.lower_test(test));
        let (body, label) = self.lower_body(&repeat.body, labels);
        let update = repeat.update.as_ref().map(|update| self.lower_update_clause(update));
        self.builder.close_scope();
        let (prelude, condition) = test.transpose()?.unwrap_or_default();
        let update = update.transpose()?.unwrap_or_default();
        let test = TestPosition::First;
        self.builder.push(StatementKind::Loop { label, test, prelude, condition, body, update }, span);
        Ok(())
    }

    pub(super) fn lower_while(
        &mut self,
        test: &'a Syntax<'a>,
        body: &'a Statement<'a>,
        labels: Vec<String>,
        span: Span,
    ) -> Lowered<()> {
        let test = self.lower_test(test);
        let (body, label) = self.lower_body(body, labels);
        let (prelude, condition) = test?;
        let (test, update) = (TestPosition::First, Block::default());
        self.builder.push(StatementKind::Loop { label, test, prelude, condition, body, update }, span);
        Ok(())
    }

    pub(super) fn lower_do_while(
        &mut self,
        body: &'a Statement<'a>,
        test: &'a Syntax<'a>,
        labels: Vec<String>,
        span: Span,
    ) -> Lowered<()> {
        let (body, label) = self.lower_body(body, labels);
        let (prelude, condition) = self.lower_test(test)?;
        let (test, update) = (TestPosition::Last, Block::default());
        self.builder.push(StatementKind::Loop { label, test, prelude, condition, body, update }, span);
        Ok(())
    }

    /// A loop's test and the statements it needs. A test that is always true is none.
    fn lower_test(&mut self, test: &'a Syntax<'a>) -> Lowered<(Block, Option<Expression>)> {
        self.builder.open_block();
        let condition = self.lower_condition(test);
        let prelude = self.builder.close_block();
        let condition = condition?;
        let condition = if condition.as_bool() == Some(true) { None } else { Some(condition) };
        Ok((prelude, condition))
    }

    fn lower_update_clause(&mut self, update: &'a Syntax<'a>) -> Lowered<Block> {
        self.builder.open_block();
        let effect = self.lower_effect(update);
        let block = self.builder.close_block();
        effect.map(|()| block)
    }

    fn lower_body(&mut self, body: &'a Statement<'a>, names: Vec<String>) -> (Block, crate::ir::LabelId) {
        let label = self.builder.new_label();
        self.builder.targets.push(Target { label, names, kind: TargetKind::Loop });
        let body = self.lower_inner(body);
        self.builder.targets.pop();
        (body, label)
    }
}
