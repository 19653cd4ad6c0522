//! Statements, by the kind of syntax. Whatever has no line here is refused by name.

use super::aliases::Declared;
use super::annotations::is_undefined;
use super::builder::{BindingKind, Target, TargetKind};
use super::{Lowered, Lowerer, Reported, messages, names};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Block, Expression, ExpressionKind, LocalId, Place, StatementKind, Type};
use crate::syntax::tree::{Labeled, Statement, VariableDeclaration, VariableDeclarator, VariableKind};

impl<'a> Lowerer<'a> {
    /// Lowers the statements of one block. One that is refused does not stop the next from being looked at.
    pub(super) fn lower_statements(&mut self, statements: &'a [Statement<'a>]) {
        self.announce(statements);
        self.lower_announced(statements);
    }

    /// Lowers the statements of a block whose names are known already.
    pub(super) fn lower_announced(&mut self, statements: &'a [Statement<'a>]) {
        for statement in statements {
            let lowered = self.lower_statement(statement);
            self.note_refusal(lowered, statement.span());
        }
    }

    /// Makes the names that a block declares known as not yet usable.
    pub(super) fn announce(&mut self, statements: &'a [Statement<'a>]) {
        for statement in statements {
            // A function in the wrong place is refused where it stands; its calls are not reported.
            if let Some(identifier) = names::is_function(statement).and_then(|function| function.id.as_ref())
            {
                let span = identifier.span;
                self.builder.bind(identifier.name, BindingKind::Poisoned, span);
            }
            let Statement::Variable(declaration) = statement else { continue };
            if declaration.kind == VariableKind::Var {
                continue;
            }
            for declarator in declaration.declarations {
                names::each_name(&declarator.id, &mut |identifier| {
                    let span = identifier.span;
                    match self.builder.lookup_here(identifier.name).map(|binding| binding.span) {
                        Some(earlier) => self.report(declared_twice(identifier.name, span, earlier)),
                        None => self.builder.bind(identifier.name, BindingKind::NotYet, span),
                    }
                });
            }
        }
    }

    fn lower_statement(&mut self, statement: &'a Statement<'a>) -> Lowered<()> {
        let span = statement.span();
        self.descend(span)?;
        self.builder.levels = 0;
        let lowered = self.lower_nested_statement(statement, span, Vec::new());
        self.builder.depth -= 1;
        lowered
    }

    /// Lowers a statement that has the labels `labels`.
    fn lower_nested_statement(
        &mut self,
        statement: &'a Statement<'a>,
        span: Span,
        labels: Vec<String>,
    ) -> Lowered<()> {
        match statement {
            Statement::Empty(_) => Ok(()),
            _ if names::is_injected(statement) => Ok(()),
            Statement::Expression(statement) => self.lower_effect(&statement.expression),
            Statement::Variable(declaration) => {
                self.lower_declarators(declaration, &[]);
                Ok(())
            }
            Statement::Block(block) => {
                self.builder.open_scope();
                self.lower_statements(block.body);
                self.builder.close_scope();
                Ok(())
            }
            Statement::If(branch) => self.lower_if(branch, span),
            Statement::For(repeat) => self.lower_for(repeat, labels, span),
            Statement::ForOf(repeat) => self.lower_for_of(repeat, labels, span),
            Statement::While(repeat) => self.lower_while(&repeat.test, &repeat.body, labels, span),
            Statement::DoWhile(repeat) => self.lower_do_while(&repeat.body, &repeat.test, labels, span),
            Statement::Switch(switch) => self.lower_switch(switch, labels, span),
            Statement::Labeled(labeled) => self.lower_labeled(labeled, span, labels),
            Statement::Break(leave) => self.lower_break(leave.label.map(|label| label.name), span),
            Statement::Continue(next) => self.lower_continue(next.label.map(|label| label.name), span),
            Statement::Return(leave) => self.lower_return(leave.argument.as_ref(), span),
            other => self.unsupported_statement(other, span),
        }
    }

    /// Lowers a statement into a block of its own.
    pub(super) fn lower_inner(&mut self, statement: &'a Statement<'a>) -> Block {
        self.builder.open_block();
        self.builder.open_scope();
        let lowered = match statement {
            Statement::Block(block) => {
                self.lower_statements(block.body);
                Ok(())
            }
            Statement::Variable(declaration) if declaration.kind != VariableKind::Var => {
                let span = statement.span();
                self.refuse::<()>(
                    messages::unsupported("a declaration without a block", span).help("put it in braces"),
                )
            }
            other => self.lower_statement(other),
        };
        self.note_refusal(lowered, statement.span());
        self.builder.close_scope();
        self.builder.close_block()
    }

    fn lower_labeled(
        &mut self,
        labeled: &'a Labeled<'a>,
        span: Span,
        mut labels: Vec<String>,
    ) -> Lowered<()> {
        labels.push(labeled.label.name.to_string());
        let is_target = matches!(
            labeled.body,
            Statement::For(_)
                | Statement::ForOf(_)
                | Statement::While(_)
                | Statement::DoWhile(_)
                | Statement::Switch(_)
                | Statement::Labeled(_)
        );
        if is_target {
            return self.lower_nested_statement(&labeled.body, span, labels);
        }
        let label = self.builder.new_label();
        self.builder.targets.push(Target { label, names: labels, kind: TargetKind::Block });
        let body = self.lower_inner(&labeled.body);
        self.builder.targets.pop();
        self.builder.push(StatementKind::Scope { label, body }, span);
        Ok(())
    }

    fn lower_break(&mut self, name: Option<&str>, span: Span) -> Lowered<()> {
        let target = self.builder.targets.iter().rev().find(|target| match name {
            Some(name) => target.names.iter().any(|known| known == name),
            None => target.kind != TargetKind::Block,
        });
        match target.map(|target| target.label) {
            Some(label) => {
                self.builder.push(StatementKind::Break(label), span);
                Ok(())
            }
            None => self.no_target("break", name, span),
        }
    }

    fn lower_continue(&mut self, name: Option<&str>, span: Span) -> Lowered<()> {
        let target = self.builder.targets.iter().rev().find(|target| {
            target.kind == TargetKind::Loop
                && name.is_none_or(|name| target.names.iter().any(|known| known == name))
        });
        match target.map(|target| target.label) {
            Some(label) => {
                self.builder.push(StatementKind::Continue(label), span);
                Ok(())
            }
            None => self.no_target("continue", name, span),
        }
    }

    fn no_target<T>(&mut self, keyword: &str, name: Option<&str>, span: Span) -> Lowered<T> {
        self.refuse(Diagnostic::new(Code::SyntaxError, span).message(match name {
            Some(name) => format!("no loop or block around this `{keyword}` is labelled `{name}`"),
            None => format!("`{keyword}` outside a loop"),
        }))
    }

    /// Lowers the declarators of a declaration, except those at the positions `skip`.
    pub(super) fn lower_declarators(&mut self, declaration: &'a VariableDeclaration<'a>, skip: &[usize]) {
        for (position, declarator) in declaration.declarations.iter().enumerate() {
            if skip.contains(&position) {
                continue;
            }
            if self.lower_declarator(declarator, declaration.kind).is_err() {
                self.poison(&declarator.id);
            }
        }
    }

    fn lower_declarator(
        &mut self,
        declarator: &'a VariableDeclarator<'a>,
        kind: VariableKind,
    ) -> Lowered<()> {
        if let Some(init) = declarator.init.as_ref().filter(|init| !is_undefined(init)) {
            let reference = self.lower_part(init)?;
            return self.bind_pattern(&declarator.id, reference, Declared::Variable(kind));
        }
        let Some(identifier) = declarator.id.identifier() else {
            let span = declarator.id.span();
            let diagnostic = Diagnostic::new(Code::SyntaxError, span).message("this pattern has no value");
            return self.refuse(diagnostic.help("write what it takes apart: `= inputs.buffers`"));
        };
        let (name, span) = (identifier.name, identifier.span);
        self.check_name(name, span)?;
        if declarator.init.is_some() && kind == VariableKind::Var {
            return self.reset_variable(name, span);
        }
        self.declare(name, None, kind, span)
    }

    /// Declares a variable that has a value, or gets one later.
    pub(super) fn declare(
        &mut self,
        name: &str,
        value: Option<Expression>,
        kind: VariableKind,
        span: Span,
    ) -> Lowered<()> {
        match kind {
            VariableKind::Var => self.assign_declared(name, value, span),
            VariableKind::Let => self.declare_variable(name, value, span),
            VariableKind::Const => self.declare_constant(name, value, span),
            VariableKind::Using => {
                self.refuse(messages::unsupported("`using`", span).help("use `const` or `let`"))
            }
        }
    }

    /// `var name = value`: the variable exists since the start of the function.
    fn assign_declared(&mut self, name: &str, value: Option<Expression>, span: Span) -> Lowered<()> {
        let Some(value) = value else { return Ok(()) };
        let Some(BindingKind::Variable(local)) = self.builder.lookup(name).map(|binding| binding.kind) else {
            return Err(Reported);
        };
        let constant = self.constant_value(&value).filter(|_| self.writes.is_kept(name));
        if let Some(constant) = constant.filter(|_| self.builder.is_outermost()) {
            self.builder.set_constant(local, constant);
        }
        self.set_first(local, value, span)
    }

    /// `var name = void 0`, which compilers to older JavaScript make of a `let` in a loop: it is zero again.
    fn reset_variable(&mut self, name: &str, span: Span) -> Lowered<()> {
        let Some(BindingKind::Variable(local)) = self.builder.lookup(name).map(|binding| binding.kind) else {
            return Err(Reported);
        };
        let Some(ty) = self.builder.local_type(local).or_else(|| self.guessed_type(name)) else {
            return Ok(());
        };
        let value = match ty {
            Type::Array { .. } => return Ok(()),
            ty if ty.is_bool() => Expression::bool(false, span),
            ty if ty.is_vector() => {
                let zero = Box::new(Expression::number(0.0, span));
                Expression::new(ExpressionKind::Splat(zero), ty, span)
            }
            _ => Expression::number(0.0, span),
        };
        self.set_first(local, value, span)
    }

    /// Stores the value that a declaration gives to a local that is there already.
    fn set_first(&mut self, local: LocalId, value: Expression, span: Span) -> Lowered<()> {
        match self.builder.local_type(local) {
            None => {
                self.builder.set_type(local, value.ty);
                let rows = self.builder.rows_of(&value);
                self.builder.set_rows(local, rows);
            }
            Some(known) if known != value.ty => {
                let (known, given) = (known.with_article(), value.ty.with_article());
                return self.refuse(
                    Diagnostic::new(Code::TypeMismatch, value.span)
                        .message(format!("`{}` is {known}, this is {given}", self.builder.local_name(local)))
                        .note("a `var` is one variable in the whole function, and keeps the type of its first value")
                        .help("use `let`, or another name"),
                );
            }
            Some(_) => {}
        }
        let value = self.builder.reclaim(value);
        self.builder.push(StatementKind::Assign { place: Place::Local(local), value }, span);
        Ok(())
    }

    fn declare_variable(&mut self, name: &str, value: Option<Expression>, span: Span) -> Lowered<()> {
        if let Some(BindingKind::Hoisted { local, .. }) =
            self.builder.lookup_here(name).map(|binding| binding.kind)
        {
            return value.map_or(Ok(()), |value| self.set_first(local, value, span));
        }
        let local = match value {
            Some(value) => {
                let constant = self.constant_value(&value).filter(|_| self.writes.is_kept(name));
                let local = self.declare_local(name, value, span);
                if let Some(constant) = constant {
                    self.builder.set_constant(local, constant);
                }
                local
            }
            None => {
                let local = self.builder.add_local(name, None, span);
                self.builder.push(StatementKind::Declare { local, value: None }, span);
                local
            }
        };
        self.builder.bind(name, BindingKind::Variable(local), span);
        Ok(())
    }

    fn declare_constant(&mut self, name: &str, value: Option<Expression>, span: Span) -> Lowered<()> {
        let Some(value) = value else {
            return self.refuse(
                Diagnostic::new(Code::SyntaxError, span)
                    .message(format!("the constant `{name}` has no value"))
                    .help("use `let`"),
            );
        };
        if let Some(BindingKind::Hoisted { local, .. }) =
            self.builder.lookup_here(name).map(|binding| binding.kind)
        {
            if let Some(constant) = self.constant_value(&value) {
                self.builder.set_constant(local, constant);
            }
            return self.set_first(local, value, span);
        }
        let constant = self.constant_value(&value);
        let local = self.declare_local(name, value, span);
        if let Some(constant) = constant {
            self.builder.set_constant(local, constant);
        }
        self.builder.bind(name, BindingKind::Constant(local), span);
        Ok(())
    }

    /// Declares a local with a value; one that is a temporary of ours becomes the local.
    pub(super) fn declare_local(&mut self, name: &str, value: Expression, span: Span) -> LocalId {
        if let Some(local) = self.builder.adoptable(&value) {
            self.builder.adopt(local, name, span);
            return local;
        }
        let local = self.builder.add_local(name, Some(value.ty), span);
        let rows = self.builder.rows_of(&value);
        self.builder.set_rows(local, rows);
        self.builder.push(StatementKind::Declare { local, value: Some(value) }, span);
        local
    }

    fn unsupported_statement<T>(&mut self, statement: &Statement<'a>, span: Span) -> Lowered<T> {
        if let Some(function) = names::is_function(statement) {
            let span = function.id.as_ref().map_or(span, |name| name.span);
            return self.refuse(
                Diagnostic::new(Code::FunctionPosition, span)
                    .message("functions are declared at the top of the kernel")
                    .note("all of them stand at the top level, before any other code")
                    .help("move the function up"),
            );
        }
        let head = Span { start: span.start, end: span.end.min(span.start + first_word(self.text(span))) };
        let Statement::Foreign(foreign) = statement else { unreachable!("the caller lowers all others") };
        self.refuse(messages::foreign(foreign.kind, head))
    }
}

/// How long the first word of a text is.
fn first_word(text: &str) -> u32 {
    text.find(|character: char| !character.is_alphanumeric()).unwrap_or(text.len()).max(1) as u32
}

fn declared_twice(name: &str, span: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(Code::AlreadyDeclared, span)
        .message(format!("`{name}` is declared twice in the same block"))
        .and_label(earlier, "first declared here")
        .help("rename one of them, or assign to the first without `let`")
}
