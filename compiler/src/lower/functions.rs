//! The user's functions: found at the top of the kernel, lowered when first called, each once.

use super::annotations::{Parameters, is_inlined};
use super::builder::{BindingKind, FunctionBuilder};
use super::references::Reference;
use super::writes::Writes;
use super::{Lowered, Lowerer, Reported, messages, names};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{self, FunctionId, StatementKind, Type};
use crate::limits::{MOST_FUNCTIONS, MOST_PARAMETERS, too_large};
use crate::syntax::tree::{Function, Statement};

/// How many functions are lowered at once, each for a call in the one before.
pub(super) const MOST_CALLERS: usize = 40;

/// A function that the kernel declares.
pub(super) struct UserFunction<'a> {
    pub(super) name: &'a str,
    pub(super) span: Span,
    pub(super) syntax: &'a Function<'a>,
    /// What is passed for those of its parameters that are no values; none where all are.
    parts: Vec<Option<Reference>>,
    /// The same function as it is compiled for such parts.
    specializations: Vec<usize>,
    /// Whether it was called with arrays, and so lowered where that is.
    pub(super) is_in_place: bool,
    state: State,
}

impl<'a> UserFunction<'a> {
    fn new(name: &'a str, span: Span, syntax: &'a Function<'a>, state: State) -> Self {
        Self { name, span, syntax, parts: Vec::new(), specializations: Vec::new(), is_in_place: false, state }
    }
}

/// The result of lowering a function.
enum Lowering {
    /// A function of the IR.
    Whole(ir::Function),
    /// It returns an array or an object, or has tables: it is lowered where it is called.
    InPlace,
}

/// The progress of lowering one function.
#[derive(Clone, Copy, Debug)]
enum State {
    Untouched,
    InProgress,
    Finished(FunctionId),
    /// It returns an array or an object, or has tables, and is lowered again where it is called.
    InPlace,
    Refused,
}

impl<'a> Lowerer<'a> {
    /// Takes the function declarations from the top of the kernel and gives the statements behind them.
    pub(super) fn declare_functions(&mut self, statements: &'a [Statement<'a>]) -> &'a [Statement<'a>] {
        let mut rest = statements;
        while let [first, behind @ ..] = rest {
            match names::is_function(first) {
                Some(function) => self.declare_function(function),
                None if names::is_injected(first) => {}
                None => break,
            }
            rest = behind;
        }
        rest
    }

    fn declare_function(&mut self, syntax: &'a Function<'a>) {
        let Some(identifier) = &syntax.id else { return };
        let (name, span) = (identifier.name, identifier.span);
        let state = match self.check_name(name, span) {
            Ok(()) => State::Untouched,
            Err(Reported) => State::Refused,
        };
        if let Some(earlier) = self.function_named(name).map(|earlier| &self.functions[earlier]) {
            let diagnostic = Diagnostic::new(Code::DuplicateFunction, span)
                .message(format!("the function `{name}` is declared twice"))
                .and_label(earlier.span, "first declared here");
            self.report(
                diagnostic.note("functions are told apart by their names alone").help("rename one of them"),
            );
            return;
        }
        if syntax.is_async || syntax.is_generator {
            self.report(
                Diagnostic::new(Code::AsyncOrGenerator, span)
                    .message(format!("the function `{name}` cannot be async or a generator"))
                    .help("write `function` alone"),
            );
        }
        self.function_names.insert(name, self.functions.len());
        self.functions.push(UserFunction::new(name, span, syntax, state));
    }

    /// The function that an expression is, in a call like `function (v = types.vec2) { … }(w)`: minifiers write the
    /// only call of a function so. It is compiled on its own like a declared one.
    pub(super) fn function_expression(&mut self, syntax: &'a Function<'a>) -> usize {
        let is_it =
            |function: &UserFunction<'a>| std::ptr::eq(function.syntax, syntax) && function.parts.is_empty();
        self.functions.iter().position(is_it).unwrap_or_else(|| {
            let span = syntax.span;
            // A word that no declared function can have as its name.
            self.functions.push(UserFunction::new("function", span, syntax, State::Untouched));
            self.functions.len() - 1
        })
    }

    /// The function as it is compiled for these arguments: once for each buffer, row or other part of the inputs that it is called with.
    pub(super) fn specialized(
        &mut self,
        function: usize,
        arguments: &[Reference],
        call: Span,
    ) -> Lowered<usize> {
        let part = |argument: &Reference| {
            let is_part = matches!(argument, Reference::Record(_)) || self.is_no_value(argument);
            is_part.then(|| argument.clone())
        };
        let parts: Vec<Option<Reference>> = arguments.iter().map(part).collect();
        if parts.iter().all(Option::is_none) {
            return Ok(function);
        }
        let is_for_these = |&other: &usize| {
            let others = &self.functions[other].parts;
            others.len() == parts.len()
                && others.iter().zip(&parts).all(|pair| match pair {
                    (Some(one), Some(other)) => one.means_like(other),
                    (one, other) => one.is_none() && other.is_none(),
                })
        };
        if let Some(&known) =
            self.functions[function].specializations.iter().find(|other| is_for_these(other))
        {
            return Ok(known);
        }
        if self.functions.len() >= MOST_FUNCTIONS {
            return self.refuse(
                Diagnostic::new(Code::TooDeep, call)
                    .message(format!("functions are compiled for more than {MOST_FUNCTIONS} kinds of calls"))
                    .note(
                        "a function is compiled once for each buffer, row or function that it is called with",
                    )
                    .help("pass numbers, and name the buffers in the function itself"),
            );
        }
        let UserFunction { name, span, syntax, .. } = self.functions[function];
        let specialization = self.functions.len();
        self.functions
            .push(UserFunction { parts, ..UserFunction::new(name, span, syntax, State::Untouched) });
        self.functions[function].specializations.push(specialization);
        Ok(specialization)
    }

    pub(super) fn function_named(&self, name: &str) -> Option<usize> {
        self.function_names.get(name).copied()
    }

    /// Lowers every function whose parameters have types, so that mistakes in one that is never called are found too.
    pub(super) fn lower_typed_functions(&mut self) {
        for function in self.function_order() {
            if !self.has_open_parameter(self.functions[function].syntax) {
                self.lower_unless_done(function);
            }
        }
    }

    /// Lowers what was never called, and so tells of parameters that got neither a type nor a part of the inputs.
    pub(super) fn lower_unused_functions(&mut self) {
        for function in 0..self.functions.len() {
            if self.functions[function].specializations.is_empty() && !self.functions[function].is_in_place {
                self.lower_unless_done(function);
            }
        }
    }

    fn lower_unless_done(&mut self, function: usize) {
        let span = self.functions[function].span;
        let lowered = self.function_id(function, span);
        if !self.belongs_in_place(function) {
            self.note_refusal(lowered, span);
        }
    }

    /// Whether a function has turned out to be one that is lowered where it is called.
    pub(super) fn belongs_in_place(&self, function: usize) -> bool {
        matches!(self.functions[function].state, State::InPlace)
    }

    /// The lowered function, which is lowered now if this is its first call.
    pub(super) fn function_id(&mut self, function: usize, call: Span) -> Lowered<FunctionId> {
        match self.functions[function].state {
            State::Finished(id) => Ok(id),
            State::Refused | State::InPlace => Err(Reported),
            State::InProgress => {
                let (name, span) = (self.functions[function].name, self.functions[function].span);
                self.refuse(messages::recursion(name, span, call))
            }
            State::Untouched if self.callers == MOST_CALLERS => self.refuse(
                Diagnostic::new(Code::TooDeep, call)
                    .message(format!("calls of functions go more than {MOST_CALLERS} levels deep"))
                    .help("declare a function in front of those that call it"),
            ),
            State::Untouched => {
                self.functions[function].state = State::InProgress;
                self.callers += 1;
                let (reports, refused) = (self.diagnostics.len(), self.refused.len());
                let outer = std::mem::replace(&mut self.builder, FunctionBuilder::new(None));
                let writes = Writes::of(self.functions[function].syntax.body);
                let outer_writes = std::mem::replace(&mut self.writes, writes);
                let lowered = self.lower_function(function);
                self.callers -= 1;
                (self.builder, self.writes) = (outer, outer_writes);
                match lowered {
                    Ok(Lowering::Whole(lowered)) if self.diagnostics.len() == reports => {
                        self.finished.push(lowered);
                        let id = FunctionId(self.finished.len() as u32 - 1);
                        self.functions[function].state = State::Finished(id);
                        Ok(id)
                    }
                    Ok(Lowering::InPlace) if self.diagnostics.len() == reports => {
                        self.refused.truncate(refused);
                        self.functions[function].state = State::InPlace;
                        Err(Reported)
                    }
                    _ => {
                        self.functions[function].state = State::Refused;
                        Err(Reported)
                    }
                }
            }
        }
    }

    fn lower_function(&mut self, function: usize) -> Lowered<Lowering> {
        let UserFunction { name, span, syntax, .. } = self.functions[function];
        let parts = self.functions[function].parts.clone();
        let refusals = |lowerer: &Self| (lowerer.diagnostics.len(), lowerer.refused.len());
        let before = refusals(self);
        let count = syntax.parameters.items.len();
        if count > MOST_PARAMETERS {
            return self.refuse(too_large(span, count, "parameters", MOST_PARAMETERS));
        }
        let parameters = self.annotated_parameters(syntax, &parts)?;
        for &(name, span) in &parameters.patterns {
            self.builder.bind(name, BindingKind::Poisoned, span);
        }
        for parameter in &parameters.list {
            self.check_name(parameter.name, parameter.span)?;
            if let Some(Some(part)) = parts.get(parameter.position) {
                self.bind_passed(parameter.name, part.clone(), parameter.span);
                continue;
            }
            let Some(ty) = parameter.ty else {
                self.builder.bind(parameter.name, BindingKind::Poisoned, parameter.span);
                continue;
            };
            let name = if is_inlined(parameter.name) { "argument" } else { parameter.name };
            let local = self.builder.add_local(name, Some(ty), parameter.span);
            self.builder.parameters.push(local);
            self.builder.bind(parameter.name, BindingKind::Variable(local), parameter.span);
        }
        self.lower_body_behind(&parameters, syntax.body);
        let builder = std::mem::replace(&mut self.builder, FunctionBuilder::new(None));
        if builder.returns_object || builder.has_tables() {
            return Ok(Lowering::InPlace);
        }
        let lowered = builder.finish(name.to_owned(), span);
        if matches!(lowered.result, Some(Type::Array { .. })) {
            return Ok(Lowering::InPlace);
        }
        // A refused statement may have been the return.
        let complete = refusals(self) == before;
        if complete && lowered.result.is_some() && lowered.body.completes() {
            return self.returns_not_always(name, span);
        }
        Ok(Lowering::Whole(lowered))
    }

    /// Lowers the statements of a function behind those that only annotate its parameters.
    pub(super) fn lower_body_behind(&mut self, parameters: &Parameters<'a>, body: &'a [Statement<'a>]) {
        let partial = usize::from(parameters.partial.is_some());
        self.hoist_variables(&body[parameters.statements - partial..]);
        if let Some((declaration, skip)) = &parameters.partial {
            self.lower_declarators(declaration, skip);
        }
        self.lower_statements(&body[parameters.statements..]);
    }

    pub(super) fn returns_not_always<T>(&mut self, name: &str, span: Span) -> Lowered<T> {
        self.refuse(
            Diagnostic::new(Code::ReturnType, span)
                .message(format!("`{name}` does not return a value on every path"))
                .help("add a `return` at the end of the function"),
        )
    }

    /// `return`, `return value`, or `return void effect`, which minifiers make of an effect and a `return`.
    pub(super) fn lower_return(
        &mut self,
        argument: Option<&'a crate::syntax::tree::Expression<'a>>,
        span: Span,
    ) -> Lowered<()> {
        let argument = match argument {
            Some(effect) if is_void(effect) => {
                self.lower_effect(effect)?;
                None
            }
            argument => argument,
        };
        if self.builder.entry.is_some() {
            if let Some(argument) = argument {
                let place = argument.span();
                return self.refuse(
                    Diagnostic::new(Code::ReturnValue, place)
                        .message("a kernel returns no value")
                        .note("it runs once for each thread; results go into buffers or pixels")
                        .help(format!(
                            "write the value into a buffer: `{}.buffers.name[i] = …`",
                            self.inputs
                        )),
                );
            }
            self.builder.push(StatementKind::Return(None), span);
            return Ok(());
        }
        let value = match argument.map(|argument| self.lower_part(argument)).transpose()? {
            Some(Reference::Record(object)) if object.is_object() => return self.return_object(object, span),
            Some(value) => Some(self.read(value)?),
            None => None,
        };
        let ty = value.as_ref().map(|value| value.ty);
        match self.builder.result {
            None => self.builder.result = Some((ty, span)),
            Some((earlier, place)) if earlier != ty => {
                let describe = |ty: Option<Type>| ty.map_or("no value".to_owned(), Type::with_article);
                return self.refuse(
                    Diagnostic::new(Code::ReturnType, span)
                        .message(format!(
                            "this returns {}, an earlier return {}",
                            describe(ty),
                            describe(earlier)
                        ))
                        .and_label(place, format!("returns {}", describe(earlier)))
                        .note("all returns of a function return the same type"),
                );
            }
            Some(_) => {}
        }
        match self.builder.in_place.clone() {
            Some(in_place) => self.return_in_place(in_place, value, span),
            None => self.builder.push(StatementKind::Return(value), span),
        }
        Ok(())
    }
}

/// Whether an expression's value is `undefined`: `void effect`, or a sequence that ends so.
fn is_void(expression: &crate::syntax::tree::Expression<'_>) -> bool {
    use crate::syntax::tree::Expression as Syntax;
    match expression {
        Syntax::Unary(unary) => unary.operator == crate::syntax::tree::UnaryOperator::Void,
        Syntax::Sequence(sequence) => sequence.expressions.last().is_some_and(is_void),
        _ => false,
    }
}
