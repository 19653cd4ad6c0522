//! The user's functions: declared in the kernel, or written where a value stands. Each is lowered when first called, once for each kind of call.
//!
//! A function of the IR sees nothing but its parameters and what the kernel's parts mean. So what is called here is one of two things: a function of the
//! IR, or, where it names variables around it or passes arrays and objects, statements in the place of the call (see [`super::in_place`]).

use super::aliases::Declared;
use super::annotations::{Parameter, Parameters, is_inlined};
use super::builder::{BindingKind, FunctionBuilder};
use super::references::Reference;
use super::writes::Writes;
use super::{Lowered, Lowerer, Reported, messages, names};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{self, FunctionId, StatementKind, Type};
use crate::limits::{MOST_FUNCTIONS, MOST_PARAMETERS, too_large};
use crate::syntax::tree::{Function, Identifier, Statement, VariableKind};

/// How many functions are lowered at once, each for a call in the one before.
pub(super) const MOST_CALLERS: usize = 40;

/// A function of the user's.
pub(super) struct UserFunction<'a> {
    pub(super) name: &'a str,
    pub(super) span: Span,
    pub(super) syntax: &'a Function<'a>,
    /// Where it is written, if that is not at the top level of the kernel.
    pub(super) home: Option<Home>,
    /// Which of its parameters state no type, once it was called.
    open: Option<Vec<bool>>,
    /// What it is compiled for; none where it is called with what its parameters state.
    passed: Vec<Option<Passed>>,
    /// The same function as it is compiled for other calls.
    specializations: Vec<usize>,
    /// Whether it was called with arrays, and so lowered where that is.
    pub(super) is_in_place: bool,
    state: State,
}

/// Where a function is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Home {
    /// How many functions are being lowered there, each in the one before.
    callers: usize,
    /// The scope around it.
    scope: usize,
    /// Whether it may name variables of that scope.
    captures: bool,
}

/// What is passed for a parameter that states no type.
#[derive(Clone, Debug)]
pub(super) enum Passed {
    /// A value of this type.
    Value(Type),
    /// What is no value, or an object.
    Part(Reference),
}

impl Passed {
    /// Whether a function that is compiled for this is right for the other, too.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(one), Self::Value(other)) => one == other,
            (Self::Part(one), Self::Part(other)) => one.means_like(other),
            _ => false,
        }
    }
}

impl<'a> UserFunction<'a> {
    fn new(name: &'a str, span: Span, syntax: &'a Function<'a>, state: State) -> Self {
        let (home, open, passed, specializations, is_in_place) = Default::default();
        Self { name, span, syntax, home, open, passed, specializations, is_in_place, state }
    }
}

/// The result of lowering a function.
enum Lowering {
    /// A function of the IR.
    Whole(ir::Function),
    /// It names variables around it, returns an array or an object, or has tables: it is lowered where it is called.
    InPlace,
}

/// The progress of lowering one function.
#[derive(Clone, Copy, Debug)]
enum State {
    Untouched,
    InProgress,
    Finished(FunctionId),
    /// It is lowered again where it is called.
    InPlace,
    Refused,
}

impl<'a> Lowerer<'a> {
    /// Takes the function declarations from the top level of the kernel.
    pub(super) fn declare_functions(&mut self, statements: &'a [Statement<'a>]) {
        statements.iter().filter_map(names::is_function).for_each(|function| self.declare_function(function));
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
            self.report(messages::async_or_generator(name, span));
        }
        self.function_names.insert(name, self.functions.len());
        self.functions.push(UserFunction::new(name, span, syntax, state));
    }

    /// The function that an arrow, an expression or a declaration in a block is, for a name that it is given. It is compiled on its own like one at the
    /// top level, unless it may name variables around it.
    pub(super) fn function_value(
        &mut self,
        syntax: &'a Function<'a>,
        name: Option<&'a Identifier<'a>>,
    ) -> Lowered<usize> {
        // Without a name a word that no declared function can have as its name.
        let (name, span) = match name.or(syntax.id.as_ref()) {
            Some(identifier) => (identifier.name, identifier.span),
            None => ("function", syntax.span),
        };
        if syntax.is_async || syntax.is_generator {
            return self.refuse(messages::async_or_generator(name, span));
        }
        let is_it = |function: &UserFunction<'a>| {
            std::ptr::eq(function.syntax, syntax) && function.passed.iter().all(Option::is_none)
        };
        let function = self.functions.iter().position(is_it).unwrap_or_else(|| {
            self.functions.push(UserFunction::new(name, span, syntax, State::Untouched));
            self.functions.len() - 1
        });
        let home = Home {
            callers: self.callers,
            scope: self.builder.scope(),
            captures: self.names_variables(syntax),
        };
        self.functions[function].home = Some(home);
        Ok(function)
    }

    /// Whether a name in the text of a function is that of a variable around it, and of none of its parameters. Names in comments count, too: then it is
    /// lowered where it is called without need.
    fn names_variables(&self, syntax: &'a Function<'a>) -> bool {
        let is_parameter = |word: &str| {
            let mut names = syntax.parameters.items.iter().filter_map(|item| item.pattern.identifier());
            names.any(|name| name.name == word)
        };
        let start = syntax.parameters.span.start;
        let text = self.text(Span { start, ..syntax.span });
        let is_variable = |(place, word): (usize, &str)| {
            let is_member = text[..place].ends_with('.') && !text[..place].ends_with("...");
            !is_member && !is_parameter(word) && self.builder.lookup(word).is_some()
        };
        names::words(text).any(is_variable)
    }

    /// The scope that a function sees which is lowered where it is called.
    ///
    /// # Errors
    ///
    /// It is not at hand in the function that is being lowered: that function is to be lowered where it is called, too.
    pub(super) fn scope_around(&mut self, function: usize) -> Lowered<Option<usize>> {
        match self.functions[function].home {
            Some(home) if home.callers == self.callers => Ok(Some(home.scope)),
            Some(home) if home.captures => {
                self.builder.captures = true;
                Err(Reported)
            }
            None if self.callers == 0 => Ok(Some(0)),
            _ => Ok(None),
        }
    }

    /// Whether a function is lowered where it is called, whatever it is called with.
    pub(super) fn is_captured(&self, function: usize) -> bool {
        self.functions[function].home.is_some_and(|home| home.captures)
    }

    /// The function as it is compiled for these arguments: once for each buffer, row or other part of the inputs that it is called with, and for each type
    /// of value where a parameter states none.
    pub(super) fn specialized(
        &mut self,
        function: usize,
        arguments: &[Reference],
        call: Span,
    ) -> Lowered<usize> {
        let open = self.open_parameters(function);
        let mut passed = self.passed_for(arguments);
        for (position, passed) in passed.iter_mut().enumerate() {
            let is_stated = !open.get(position).is_some_and(|&is_open| is_open);
            passed.take_if(|passed| matches!(passed, Passed::Value(_)) && is_stated);
        }
        if passed.iter().all(Option::is_none) {
            return Ok(function);
        }
        let is_for_these = |&other: &usize| {
            let others = &self.functions[other].passed;
            others.len() == passed.len()
                && others.iter().zip(&passed).all(|pair| match pair {
                    (Some(one), Some(other)) => one.is_like(other),
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
                        "a function is compiled once for each buffer, row, function or type of value that it is called with",
                    )
                    .help("pass numbers, and name the buffers in the function itself"),
            );
        }
        let UserFunction { name, span, syntax, home, .. } = self.functions[function];
        let specialization = self.functions.len();
        self.functions.push(UserFunction {
            passed,
            home,
            ..UserFunction::new(name, span, syntax, State::Untouched)
        });
        self.functions[function].specializations.push(specialization);
        Ok(specialization)
    }

    /// Which parameters of a function state no type.
    pub(super) fn open_parameters(&mut self, function: usize) -> Vec<bool> {
        if let Some(open) = &self.functions[function].open {
            return open.clone();
        }
        let open = self.untyped_parameters(self.functions[function].syntax);
        self.functions[function].open = Some(open.clone());
        open
    }

    /// What arguments are for parameters that state no types.
    pub(super) fn passed_for(&self, arguments: &[Reference]) -> Vec<Option<Passed>> {
        let passed = |argument: &Reference| match argument {
            Reference::Value(value) => Passed::Value(value.ty),
            part => Passed::Part(part.clone()),
        };
        arguments.iter().map(|argument| Some(passed(argument))).collect()
    }

    pub(super) fn function_named(&self, name: &str) -> Option<usize> {
        self.function_names.get(name).copied()
    }

    /// Lowers every function whose parameters have types, so that mistakes in one that is never called are found too.
    pub(super) fn lower_typed_functions(&mut self) {
        for function in self.function_order() {
            if !self.open_parameters(function).contains(&true) {
                self.lower_unless_done(function);
            }
        }
    }

    /// Lowers what was never called, so that mistakes are found there too. What states no types means nothing without a call.
    pub(super) fn lower_unused_functions(&mut self) {
        for function in 0..self.functions.len() {
            let UserFunction { specializations, is_in_place, .. } = &self.functions[function];
            let is_unused = specializations.is_empty() && !is_in_place && !self.is_captured(function);
            if is_unused && !self.open_parameters(function).contains(&true) {
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
        let passed = self.functions[function].passed.clone();
        let refusals = |lowerer: &Self| (lowerer.diagnostics.len(), lowerer.refused.len());
        let before = refusals(self);
        let count = syntax.parameters.items.len();
        if count > MOST_PARAMETERS {
            return self.refuse(too_large(span, count, "parameters", MOST_PARAMETERS));
        }
        let parameters = self.annotated_parameters(syntax, &passed)?;
        for &(name, span) in &parameters.names {
            self.builder.bind(name, BindingKind::Poisoned, span);
        }
        for parameter in &parameters.list {
            self.check_name(parameter.name, parameter.span)?;
            match (passed.get(parameter.position), parameter.ty) {
                (Some(Some(Passed::Part(part))), _) => {
                    self.bind_passed(parameter.name, part.clone(), parameter.span);
                }
                (_, Some(ty)) => {
                    let name = if is_inlined(parameter.name) { "argument" } else { parameter.name };
                    let local = self.builder.add_local(name, Some(ty), parameter.span);
                    self.builder.parameters.push(local);
                    self.builder.bind(parameter.name, BindingKind::Variable(local), parameter.span);
                }
                (_, None) => {}
            }
        }
        // Behind all that is passed, which are the first locals of a function.
        for parameter in &parameters.list {
            let is_passed =
                parameter.ty.is_some() || passed.get(parameter.position).is_some_and(Option::is_some);
            let bound = if is_passed { Ok(()) } else { self.bind_default(parameter) };
            let bound = bound.and_then(|()| self.take_apart(parameter));
            self.note_refusal(bound, parameter.span);
        }
        self.lower_body_behind(&parameters, syntax.body);
        let builder = std::mem::replace(&mut self.builder, FunctionBuilder::new(None));
        if builder.returns_object || builder.has_tables() || builder.captures {
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

    /// Gives a parameter its default value.
    pub(super) fn bind_default(&mut self, parameter: &Parameter<'a>) -> Lowered<()> {
        let Some(default) = parameter.default else {
            self.builder.bind(parameter.name, BindingKind::Poisoned, parameter.span);
            return Ok(());
        };
        let value = self.lower_part(default)?;
        self.bind_name(parameter.name, value, Declared::Variable(VariableKind::Let), parameter.span)
    }

    /// Declares the names in a parameter that has none itself.
    pub(super) fn take_apart(&mut self, parameter: &Parameter<'a>) -> Lowered<()> {
        let Some(pattern) = parameter.pattern else { return Ok(()) };
        let whole = self.name_reference(parameter.name, parameter.span)?;
        self.bind_pattern(pattern, whole, Declared::Variable(VariableKind::Let))
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
