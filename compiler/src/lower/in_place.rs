//! Calls that are lowered in place: of functions that get arrays, which they may change, that return one or an object, that look into tables, which
//! are put together once for each thread so, or that name variables around them. All other functions are functions of the IR, whose parameters and
//! results are values.
//!
//! ```text
//! function fill(list, v = types.number) { for (let i = 0; i < 4; i++) list[i] = v; return list[0]; }
//! x = fill(mine, 2);
//! ⇒
//! let v = 2; let result;
//! scope: { for (…) mine[i] = v; result = mine[0]; break scope; }
//! x = result;
//! ```

use super::annotations::Parameter;
use super::builder::{BindingKind, InPlace, Returned};
use super::functions::MOST_CALLERS;
use super::objects::Declared;
use super::records::Record;
use super::references::Reference;
use super::writes::Writes;
use super::{Lowered, Lowerer, Reported, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Expression, ExpressionKind, Place, StatementKind, Type};
use crate::syntax::tree::VariableKind;

/// The greatest number of calls that are lowered in place.
const MOST_IN_PLACE: usize = 500;

impl<'a> Lowerer<'a> {
    /// Whether a call passes an array.
    pub(super) fn passes_array(arguments: &[Reference]) -> bool {
        let is_passed = |argument: &Reference| match argument {
            Reference::Value(value) => is_array(value.ty),
            Reference::Row { .. } => true,
            _ => false,
        };
        arguments.iter().any(is_passed)
    }

    /// Calls a function in place; gives what it returns.
    pub(super) fn call_in_place(
        &mut self,
        function: usize,
        arguments: Vec<Reference>,
        span: Span,
    ) -> Lowered<Option<Reference>> {
        self.check_in_place(function, span)?;
        let around = self.scope_around(function)?;
        let local = self.builder.add_local("result", None, span);
        self.builder.push(StatementKind::Declare { local, value: None }, span);
        let label = self.builder.new_label();
        let writes = Writes::of(self.functions[function].syntax.body);
        let outer_writes = std::mem::replace(&mut self.writes, writes);
        let outer = self.builder.enter(InPlace { label, local, object: None }, around);
        self.functions[function].is_in_place = true;
        self.in_place.push(function);
        self.calls_in_place += 1;
        self.builder.open_block();
        let reports = self.diagnostics.len();
        let lowered = self.lower_in_place(function, arguments, span);
        let body = self.builder.close_block();
        self.in_place.pop();
        let Returned { ty, object } = self.builder.leave(outer);
        self.writes = outer_writes;
        lowered?;
        if self.diagnostics.len() > reports || self.builder.captures {
            // A statement that was refused, or given up, may have been the return.
            return Err(Reported);
        }
        let completes = body.completes();
        self.builder.push(StatementKind::Scope { label, body }, span);
        if completes && (ty.is_some() || object.is_some()) {
            let UserFunction { name, span } = self.named(function);
            return self.returns_not_always(name, span);
        }
        if let Some(object) = object {
            return Ok(Some(object.at(span)));
        }
        Ok(ty.map(|ty| {
            self.builder.mark_temporary(local);
            Reference::Value(Expression::new(ExpressionKind::Local(local), ty, span))
        }))
    }

    fn check_in_place(&mut self, function: usize, call: Span) -> Lowered<()> {
        let UserFunction { name, span } = self.named(function);
        if self.in_place.contains(&function) {
            return self.refuse(messages::recursion(name, span, call));
        }
        if self.in_place.len() >= MOST_CALLERS || self.calls_in_place >= MOST_IN_PLACE {
            return self.refuse(
                Diagnostic::new(Code::TooDeep, call)
                    .message(format!(
                        "there are more than {MOST_IN_PLACE} calls of functions that get arrays, return them or objects, look into tables, or name variables around them"
                    ))
                    .note("such a function is compiled once for each call")
                    .help("pass numbers and vectors, or call it in a loop"),
            );
        }
        Ok(())
    }

    /// Lowers the function's body where its parameters mean what is passed.
    fn lower_in_place(&mut self, function: usize, arguments: Vec<Reference>, call: Span) -> Lowered<()> {
        let syntax = self.functions[function].syntax;
        let passed = self.passed_for(&arguments);
        let parameters = self.annotated_parameters(syntax, &passed)?;
        let is_left_out = |parameter: &Parameter<'a>| parameter.position >= arguments.len();
        if arguments.len() > parameters.list.len()
            || parameters.list.iter().any(|parameter| is_left_out(parameter) && parameter.default.is_none())
        {
            let UserFunction { name, .. } = self.named(function);
            let (wanted, given) = (parameters.list.len(), arguments.len());
            return self.refuse(
                Diagnostic::new(Code::NoOverload, call)
                    .message(format!("`{name}` takes {wanted} arguments, and {given} are given")),
            );
        }
        let mut arguments = arguments.into_iter();
        for parameter in &parameters.list {
            self.check_name(parameter.name, parameter.span)?;
            match arguments.next() {
                Some(argument) => {
                    self.bind_in_place(parameter.name, parameter.ty, argument, parameter.span, call)?;
                }
                None => self.bind_default(parameter)?,
            }
            self.take_apart(parameter)?;
        }
        self.lower_body_behind(&parameters, syntax.body);
        Ok(())
    }

    fn bind_in_place(
        &mut self,
        name: &'a str,
        ty: Option<Type>,
        argument: Reference,
        span: Span,
        call: Span,
    ) -> Lowered<()> {
        let value = match argument {
            Reference::Value(value) => value,
            Reference::Record(object) if object.is_object() => {
                return self.declare_object(name, object, VariableKind::Let, span);
            }
            part => {
                let kept = self.kept(part);
                let alias = self.new_alias(kept);
                self.builder.bind(name, alias, span);
                return Ok(());
            }
        };
        if let (ExpressionKind::Local(array), true) = (&value.kind, is_array(value.ty)) {
            if self.writes.is_assigned(name) {
                return self.refuse(
                    Diagnostic::new(Code::NotAssignable, span)
                        .message(format!("`{name}` stands for the array that is passed, and for no other"))
                        .help("assign to another variable"),
                );
            }
            let is_constant = self.builder.is_constant(*array);
            let kind =
                if is_constant { BindingKind::Constant(*array) } else { BindingKind::Variable(*array) };
            self.builder.bind(name, kind, span);
            return Ok(());
        }
        if ty != Some(value.ty) {
            let wanted = ty.map_or("another type".to_owned(), Type::with_article);
            return self.refuse(
                Diagnostic::new(Code::NoOverload, call)
                    .message(format!(
                        "the parameter `{name}` is {wanted}, and {} is given",
                        value.ty.with_article()
                    ))
                    .and_label(span, "declared here"),
            );
        }
        let local = self.builder.add_local(name, ty, span);
        self.builder.push(StatementKind::Declare { local, value: Some(value) }, span);
        self.builder.bind(name, BindingKind::Variable(local), span);
        Ok(())
    }

    /// `return value` in a function that is called in place.
    pub(super) fn return_in_place(
        &mut self,
        InPlace { label, local, .. }: InPlace,
        value: Option<Expression>,
        span: Span,
    ) {
        if let Some(value) = value {
            self.builder.set_type(local, value.ty);
            let rows = self.builder.rows_of(&value);
            self.builder.set_rows(local, rows);
            self.builder.push(StatementKind::Assign { place: Place::Local(local), value }, span);
        }
        self.builder.push(StatementKind::Break(label), span);
    }

    /// `return object`
    pub(super) fn return_object(&mut self, object: Record, span: Span) -> Lowered<()> {
        if let Some((earlier, place)) = self.builder.result {
            let earlier = earlier.map_or("no value".to_owned(), Type::with_article);
            return self.refuse(
                Diagnostic::new(Code::ReturnType, span)
                    .message(format!("this returns an object, an earlier return {earlier}"))
                    .and_label(place, format!("returns {earlier}"))
                    .note("all returns of a function return the same type"),
            );
        }
        let Some(InPlace { label, object: result, .. }) = self.builder.in_place.clone() else {
            self.builder.returns_object = true;
            return Err(super::Reported);
        };
        let object = self.stored_in_temporaries(Reference::Record(object));
        let result = match result {
            Some(result) => result,
            None => {
                let result = self.like("result", &object, None, Declared::First, span)?;
                if let Some(in_place) = &mut self.builder.in_place {
                    in_place.object = Some(result.clone());
                }
                result
            }
        };
        self.store_part(&result, object, span)?;
        self.builder.push(StatementKind::Break(label), span);
        Ok(())
    }

    fn named(&self, function: usize) -> UserFunction<'a> {
        let function = &self.functions[function];
        UserFunction { name: function.name, span: function.span }
    }
}

/// The parts of a function that messages name.
struct UserFunction<'a> {
    name: &'a str,
    span: Span,
}

fn is_array(ty: Type) -> bool {
    matches!(ty, Type::Array { .. })
}
