//! `switch`, with JavaScript's rules: strict equality in the order of the cases, and falling through.

use super::builder::{BindingKind, Target, TargetKind};
use super::chains::MOST_NESTED;
use super::expressions::{binary, compare};
use super::{Lowered, Lowerer};
use crate::collections::Set;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{
    BinaryOp, Block, Case, Expression, ExpressionKind, LabelId, LocalId, Place, Statement as IrStatement,
    StatementKind, Type,
};
use crate::limits::MOST_VALUES;
use crate::syntax::tree::{Pattern, Statement, Switch, SwitchCase, VariableKind};

impl<'a> Lowerer<'a> {
    pub(super) fn lower_switch(
        &mut self,
        switch: &'a Switch<'a>,
        names: Vec<String>,
        span: Span,
    ) -> Lowered<()> {
        let value = self.lower_value(&switch.discriminant)?;
        if !value.ty.is_number() && !value.ty.is_bool() {
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, value.span)
                    .message(format!(
                        "a switch compares numbers or booleans, this is {}",
                        value.ty.with_article()
                    ))
                    .help("use `if`"),
            );
        }
        let label = self.builder.new_label();
        self.builder.open_scope();
        self.builder.targets.push(Target { label, names, kind: TargetKind::Switch });
        let lowered = match simple_cases(switch).filter(|_| value.ty.is_number()) {
            Some(groups) => {
                self.lower_simple_switch(value, groups, label, span);
                Ok(())
            }
            None => self.lower_general_switch(value, switch, label, span),
        };
        self.builder.targets.pop();
        self.builder.close_scope();
        lowered
    }

    /// Constant integer cases of which none falls into the next: a switch of the IR.
    fn lower_simple_switch(&mut self, value: Expression, groups: Vec<Group<'a>>, label: LabelId, span: Span) {
        for group in &groups {
            self.announce(group.body);
        }
        // It may be compared besides.
        let selector = self.duplicable(value);
        let (mut cases, mut default) = (Vec::new(), Block::default());
        for group in groups {
            let mut body = self.lower_case_body(group.body);
            self.builder.conceal_declared();
            // The last `break` is what ends every case of the IR anyway.
            if body.0.last().is_some_and(|last| last.kind == StatementKind::Break(label)) {
                body.0.pop();
            }
            if group.is_default {
                default = body;
            } else {
                cases.push(Case { values: group.values, body });
            }
        }
        self.builder.push(StatementKind::Switch { label, selector, cases, default }, span);
    }

    /// Any switch: finds the position where to enter, then runs the bodies from there on.
    fn lower_general_switch(
        &mut self,
        value: Expression,
        switch: &'a Switch<'a>,
        label: LabelId,
        span: Span,
    ) -> Lowered<()> {
        let value = match self.builder.is_stable(&value) {
            true => value,
            false => self.builder.temporary("selected", value),
        };
        let default = switch.cases.iter().position(|case| case.test.is_none()).unwrap_or(switch.cases.len());
        let start = Expression::number(default as f64, span);
        let entry = self.builder.add_temporary("entry", Type::NUMBER, span);
        self.builder.push(StatementKind::Declare { local: entry, value: Some(start) }, span);
        for (part, cases) in switch.cases.chunks(MOST_NESTED).enumerate() {
            let search = self.search(&value, cases, part * MOST_NESTED, entry)?;
            if part == 0 {
                self.builder.splice(search);
            } else {
                // Only where none before was equal.
                let entered = Expression::new(ExpressionKind::Local(entry), Type::NUMBER, span);
                let condition = compare(BinaryOp::Equal, entered, Expression::number(default as f64, span));
                self.push_if(condition, search, Block::default(), span);
            }
        }
        self.hoist_cases(switch.cases);
        self.builder.open_block();
        let (count, has_default) = (switch.cases.len(), default < switch.cases.len());
        for (position, case) in switch.cases.iter().enumerate() {
            let body = self.lower_case_body(case.consequent);
            if body.0.is_empty() {
                continue;
            }
            // Some case is always entered, and control comes here from all before that do not leave.
            if has_default && position + 1 == count {
                self.builder.splice(body);
                continue;
            }
            let case_span = case.span;
            let entered = Expression::new(ExpressionKind::Local(entry), Type::NUMBER, case_span);
            let here = Expression::number(position as f64, case_span);
            let condition = binary(BinaryOp::LessEqual, entered, here, Type::BOOL, case_span);
            self.builder
                .push(StatementKind::If { condition, accept: body, reject: Block::default() }, case_span);
        }
        let body = self.builder.close_block();
        self.builder.push(StatementKind::Scope { label, body }, span);
        Ok(())
    }

    /// Compares with one case after the other; a later test is evaluated only if no earlier one was equal.
    fn search(
        &mut self,
        value: &Expression,
        cases: &'a [SwitchCase<'a>],
        position: usize,
        entry: LocalId,
    ) -> Lowered<Block> {
        let Some((case, rest)) = cases.split_first() else { return Ok(Block::default()) };
        let Some(test) = &case.test else { return self.search(value, rest, position + 1, entry) };
        self.builder.open_block();
        let pushed = self.push_search(value, test, rest, position, entry);
        let block = self.builder.close_block();
        pushed.map(|()| block)
    }

    fn push_search(
        &mut self,
        value: &Expression,
        test: &'a crate::syntax::tree::Expression<'a>,
        rest: &'a [SwitchCase<'a>],
        position: usize,
        entry: LocalId,
    ) -> Lowered<()> {
        let test = self.lower_value(test)?;
        let span = test.span;
        if test.ty != value.ty {
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, span)
                    .message(format!(
                        "this case is {}, the switch is on {}",
                        test.ty.with_article(),
                        value.ty.with_article()
                    ))
                    .and_label(value.span, value.ty.user_name())
                    .note("it could never be equal"),
            );
        }
        let here = Expression::number(position as f64, span);
        let found = StatementKind::Assign { place: Place::Local(entry), value: here };
        let accept = Block(vec![IrStatement { kind: found, span }]);
        let condition = compare(BinaryOp::Equal, value.clone(), test);
        let reject = self.search(value, rest, position + 1, entry)?;
        self.push_if(condition, accept, reject, span);
        Ok(())
    }

    /// Declares the variables of all cases before the switch: the cases share one scope, and control may enter any of them.
    fn hoist_cases(&mut self, cases: &'a [SwitchCase<'a>]) {
        for case in cases {
            self.announce(case.consequent);
            for statement in case.consequent {
                let Statement::Variable(declaration) = statement else { continue };
                if declaration.kind == VariableKind::Var {
                    continue;
                }
                for declarator in declaration.declarations {
                    let Pattern::Identifier(identifier) = &declarator.id else { continue };
                    let span = identifier.span;
                    let local = self.builder.add_local(identifier.name, None, span);
                    self.builder.push(StatementKind::Declare { local, value: None }, span);
                    let constant = declaration.kind == VariableKind::Const;
                    let kind = BindingKind::Hoisted { local, constant };
                    self.builder.bind(identifier.name, kind, span);
                }
            }
        }
    }

    fn lower_case_body(&mut self, statements: &'a [Statement<'a>]) -> Block {
        self.builder.open_block();
        self.lower_announced(statements);
        self.builder.close_block()
    }
}

/// Cases that share one body.
struct Group<'a> {
    values: Vec<i32>,
    is_default: bool,
    body: &'a [Statement<'a>],
}

/// The cases of a switch by body, if all tests are distinct integer literals and no body falls into the next.
fn simple_cases<'a>(switch: &'a Switch<'a>) -> Option<Vec<Group<'a>>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut pending = Group { values: Vec::new(), is_default: false, body: &[] };
    let mut seen = Set::default();
    let last = switch.cases.len().checked_sub(1);
    for (position, case) in switch.cases.iter().enumerate() {
        match &case.test {
            Some(test) => {
                let value = integer_literal(test)?;
                if seen.iter().len() == MOST_VALUES || !seen.insert(value) {
                    return None;
                }
                pending.values.push(value);
            }
            None => pending.is_default = true,
        }
        let is_last = Some(position) == last;
        if case.consequent.is_empty() && !is_last {
            continue;
        }
        if !is_last && !ends(case.consequent) {
            return None;
        }
        pending.body = case.consequent;
        let next = Group { values: Vec::new(), is_default: false, body: &[] };
        groups.push(std::mem::replace(&mut pending, next));
    }
    Some(groups)
}

fn integer_literal(test: &crate::syntax::tree::Expression<'_>) -> Option<i32> {
    use crate::syntax::tree::Expression as Syntax;
    let value = match test {
        Syntax::Number(literal) => literal.value,
        Syntax::Unary(unary) if unary.operator == crate::syntax::tree::UnaryOperator::Negate => {
            match &unary.argument {
                Syntax::Number(literal) => -literal.value,
                _ => return None,
            }
        }
        _ => return None,
    };
    (value.fract() == 0.0 && value.abs() < f64::from(i32::MAX)).then_some(value as i32)
}

/// Whether control never reaches the end of a body.
fn ends(statements: &[Statement<'_>]) -> bool {
    match statements.last() {
        Some(Statement::Break(_) | Statement::Continue(_) | Statement::Return(_)) => true,
        Some(Statement::Block(block)) => ends(block.body),
        _ => false,
    }
}
