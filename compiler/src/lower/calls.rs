//! Calls: `Math`, the user's functions, `setPixel` and `dim`.

use super::names::{Library, named_member};
use super::records::Record;
use super::references::{Reference, take};
use super::{Lowered, Lowerer, Reported, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Builtin, Expression, ExpressionKind, FunctionId, StatementKind, Type};
use crate::syntax::tree::{Call, Expression as Syntax};

impl<'a> Lowerer<'a> {
    /// Lowers a call; gives no value if the function returns none.
    pub(super) fn lower_call(&mut self, call: &'a Call<'a>, span: Span) -> Lowered<Option<Reference>> {
        let callee = &call.callee;
        if let Some(global) = self.global(callee) {
            return self.call_global(global, call, span).map(value);
        }
        if let Some((object, name, name_span)) = named_member(callee)
            && self.library(callee).is_none()
        {
            let object = self.lower_reference(object)?;
            return self.lower_member_call(object, name, name_span, call, span);
        }
        if let Syntax::Identifier(identifier) = callee
            && self.library(callee).is_none()
            && !self.is_declared(identifier.name)
        {
            return self.unknown_name(identifier.name, callee.span(), true);
        }
        if let Some(import) = self.mangled_import(callee) {
            return self.refuse(messages::renamed_import(&import, callee.span()));
        }
        let callee = self.lower_reference(callee)?;
        self.call_reference(callee, call, span)
    }

    /// `object.name(…)`: a method of a vector, or a property that can be called.
    pub(super) fn lower_member_call(
        &mut self,
        object: Reference,
        name: &'a str,
        name_span: Span,
        call: &'a Call<'a>,
        span: Span,
    ) -> Lowered<Option<Reference>> {
        match object {
            Reference::Inputs(_)
            | Reference::Buffers(_)
            | Reference::Uniforms(_)
            | Reference::Canvas(_)
            | Reference::Math(_)
            | Reference::Atomics(_)
            | Reference::Console(_)
            | Reference::Library(..) => {
                let callee = self.member(object, name, name_span, span)?;
                self.call_reference(callee, call, span)
            }
            object => {
                let mut receiver = self.read(object)?;
                let mut mark = self.builder.mark();
                let mut values = self.arguments(call)?;
                self.builder.pin(&mut receiver, &mut mark);
                values.insert(0, receiver);
                self.method(name, name_span, values, span).map(value)
            }
        }
    }

    fn call_reference(
        &mut self,
        callee: Reference,
        call: &'a Call<'a>,
        span: Span,
    ) -> Lowered<Option<Reference>> {
        match callee {
            Reference::Library(Library::Dim, _) => self.lower_dim(call, span).map(value),
            Reference::Library(Library::Array, _) => self.lower_array(call, span).map(Some),
            Reference::Library(Library::Vector(ty), _) => {
                let parts = self.arguments(call)?;
                self.compose(ty, parts, span).map(value)
            }
            Reference::Library(Library::Blend(blend), _) => {
                let values = self.arguments(call)?;
                self.blend(blend, values, span).map(value)
            }
            Reference::Library(Library::Builtin(builtin), _) => {
                let values = self.arguments(call)?;
                self.library_call(builtin, values, span).map(value)
            }
            Reference::Random(_) => {
                self.no_arguments("Math.random", call)?;
                self.builder.effects.random = true;
                let random = Expression::new(ExpressionKind::Random, Type::NUMBER, span);
                Ok(value(self.builder.temporary("random", random)))
            }
            Reference::MathFunction(builtin, _) => {
                let values = self.arguments(call)?;
                self.math_call(builtin, values, span).map(value)
            }
            Reference::Atomic(atomic, _) => self.lower_atomic(atomic, call, span).map(value),
            Reference::SetPixel(_) => self.lower_set_pixel(call, span).map(|()| None),
            Reference::ConsoleLog(_) => self.lower_log(call, span).map(|()| None),
            Reference::Function(function, _) => self.call_function(function, call, span),
            other => {
                let ty = self.type_of(&other)?;
                self.refuse(
                    Diagnostic::new(Code::NotAValue, call.callee.span())
                        .message(format!("{} is not a function", ty.with_article())),
                )
            }
        }
    }

    /// The values of a call's arguments.
    fn arguments(&mut self, call: &'a Call<'a>) -> Lowered<Vec<Expression>> {
        let syntax = self.plain_arguments(call)?;
        self.lower_values(&syntax)
    }

    /// The arguments of a call; refuses `...spread`.
    pub(super) fn plain_arguments(&mut self, call: &'a Call<'a>) -> Lowered<Vec<&'a Syntax<'a>>> {
        let is_spread = |argument: &&Syntax<'a>| matches!(argument, Syntax::Spread(_));
        match call.arguments.iter().find(is_spread) {
            None => Ok(call.arguments.iter().collect()),
            Some(spread) => {
                let diagnostic = messages::unsupported("spread", spread.span());
                self.refuse(diagnostic.help("list the arguments one by one"))
            }
        }
    }

    fn no_arguments(&mut self, name: &str, call: &'a Call<'a>) -> Lowered<()> {
        match call.arguments.first() {
            None => Ok(()),
            Some(argument) => {
                let span = argument.span();
                self.refuse(
                    Diagnostic::new(Code::NoOverload, span)
                        .message(format!("`{name}` takes no arguments"))
                        .help(format!("write `{name}()`")),
                )
            }
        }
    }

    /// `Math.name(…)` on numbers; `max` and `min` take two or more, `hypot` too.
    fn math_call(&mut self, builtin: Builtin, values: Vec<Expression>, span: Span) -> Lowered<Expression> {
        let arity = usize::from(builtin.arity());
        let is_variadic = matches!(builtin, Builtin::Max | Builtin::Min | Builtin::Hypot);
        if let ([only], true) = (&values[..], is_variadic)
            && only.ty.is_number()
        {
            let only = only.clone();
            return Ok(match builtin {
                Builtin::Hypot => {
                    let kind = ExpressionKind::Builtin { builtin: Builtin::Abs, arguments: vec![only] };
                    Expression::new(kind, Type::NUMBER, span)
                }
                _ => only,
            });
        }
        let variadic = is_variadic && values.len() > arity;
        if values.iter().any(|value| !value.ty.is_number()) || (values.len() != arity && !variadic) {
            return self.refuse(messages::no_overload(&values, span, || {
                let name = format!("Math.{}", builtin.name());
                let parameters = vec!["number"; arity].join(", ");
                let mut candidates = vec![format!("{name}({parameters}) → number")];
                if let Some(method) = builtin.row().method {
                    let parameters = vec!["vecN"; arity - 1].join(", ");
                    candidates.push(format!("vecN.{method}({parameters}) → vecN, as a method of vectors"));
                }
                (name, candidates)
            }));
        }
        let mut values = values.into_iter();
        let first: Vec<Expression> = values.by_ref().take(arity).collect();
        let kind = ExpressionKind::Builtin { builtin, arguments: first };
        Ok(values.fold(Expression::new(kind, Type::NUMBER, span), |joined, next| {
            let kind = ExpressionKind::Builtin { builtin, arguments: vec![self.bounded(joined), next] };
            Expression::new(kind, Type::NUMBER, span)
        }))
    }

    /// A call of one of the user's functions.
    fn call_function(
        &mut self,
        function: usize,
        call: &'a Call<'a>,
        span: Span,
    ) -> Lowered<Option<Reference>> {
        let arguments = self.passed(call);
        if let Ok(given) = &arguments
            && (Self::passes_array(given) || self.is_captured(function))
        {
            return self.call_in_place(function, arguments?, span);
        }
        let function = match &arguments {
            Ok(arguments) => self.specialized(function, arguments, span)?,
            Err(Reported) if self.open_parameters(function).contains(&true) => return Err(Reported),
            Err(Reported) => function,
        };
        let id = match self.function_id(function, span) {
            Err(_) if self.belongs_in_place(function) => {
                return self.call_in_place(function, arguments?, span);
            }
            id => id?,
        };
        let arguments = values_of(arguments?);
        let callee = &self.finished[id.0 as usize];
        let expected: Vec<Type> =
            callee.parameters.iter().map(|&parameter| callee.local(parameter).ty).collect();
        let given: Vec<Type> = arguments.iter().map(|argument| argument.ty).collect();
        if expected != given {
            return self.refuse(messages::no_overload(&arguments, span, || {
                (callee.name.clone(), vec![signature(callee)])
            }));
        }
        let (result, effects) = (callee.result, callee.effects);
        self.builder.effects.reads |= effects.reads;
        self.builder.effects.writes |= effects.writes;
        self.builder.effects.random |= effects.random;
        Ok(self.push_call(id, arguments, result, effects.any(), span).map(Reference::Value))
    }

    /// What a call of a user's function passes: values, and what is none.
    pub(super) fn passed(&mut self, call: &'a Call<'a>) -> Lowered<Vec<Reference>> {
        let syntax = self.plain_arguments(call)?;
        let lower = |lowerer: &mut Self, argument| {
            let reference = lowerer.lower_part(argument)?;
            match reference {
                part if lowerer.is_no_value(&part) => Ok(part),
                Reference::Record(object) if object.is_object() => lowerer.passed_object(object),
                value => lowerer.read(value).map(Reference::Value),
            }
        };
        self.in_order(&syntax, lower, Self::pin_reference)
    }

    fn push_call(
        &mut self,
        function: FunctionId,
        arguments: Vec<Expression>,
        result: Option<Type>,
        has_effects: bool,
        span: Span,
    ) -> Option<Expression> {
        let kind = ExpressionKind::Call { function, arguments };
        match result {
            Some(ty) => {
                let value = Expression::new(kind, ty, span);
                Some(if has_effects { self.builder.temporary("result", value) } else { value })
            }
            None => {
                // A function without a value: its type is never looked at.
                let call = Expression::new(kind, Type::NUMBER, span);
                self.builder.push(StatementKind::Evaluate(call), span);
                None
            }
        }
    }

    /// `inputs.canvas.setPixel(position, color)`, each as numbers or as a vector.
    fn lower_set_pixel(&mut self, call: &'a Call<'a>, span: Span) -> Lowered<()> {
        let values = self.arguments(call)?;
        let types: Vec<u8> = values
            .iter()
            .map(|value| if value.ty.is_number() || value.ty.is_vector() { value.ty.components() } else { 0 })
            .collect();
        if !matches!(types[..], [1, 1, 1, 1, 1] | [2, 1, 1, 1] | [1, 1, 3] | [2, 3]) {
            return self.refuse(messages::no_overload(&values, span, || {
                let candidates = [
                    "setPixel(x, y, r, g, b)",
                    "setPixel(vec2, r, g, b)",
                    "setPixel(x, y, vec3)",
                    "setPixel(vec2, vec3)",
                ];
                ("setPixel".to_owned(), candidates.map(str::to_owned).to_vec())
            }));
        }
        self.builder.effects.writes = true;
        let mut numbers = Vec::with_capacity(5);
        for value in values {
            let size = value.ty.components();
            if size == 1 {
                numbers.push(value);
            } else {
                let vector = self.duplicable(value);
                numbers.extend((0..size).map(|component| take(vector.clone(), &[component], vector.span)));
            }
        }
        // Without `expect`, which would bring code that prints what is wrong to pages.
        let Ok([x, y, r, g, b]) = <[Expression; 5]>::try_from(numbers) else {
            unreachable!("the overloads add up to five")
        };
        self.builder.push(StatementKind::SetPixel { position: [x, y], color: [r, g, b] }, span);
        Ok(())
    }

    /// `dim(array)` or `dim(buffer[_]…)`: a constant, unless the buffer is resizable. The indices are not evaluated.
    fn lower_dim(&mut self, call: &'a Call<'a>, span: Span) -> Lowered<Expression> {
        let arguments = self.plain_arguments(call)?;
        let [argument] = arguments[..] else {
            return self.refuse(messages::no_overload(&[], span, || {
                let candidates = ["dim(buffer)", "dim(buffer[i])", "dim(array)"];
                ("dim".to_owned(), candidates.map(str::to_owned).to_vec())
            }));
        };
        let (owner, depth) = without_indices(argument);
        let reference = match self.lower_reference(owner)? {
            Reference::Buffer { buffer, index, .. } => {
                let extents = self.extents_behind(buffer, index.len() + depth, span);
                return self.extents_in(extents, argument, span);
            }
            Reference::Record(record) => {
                let extents = self.extents_of(&record, span).into_iter().skip(depth).collect();
                return self.extents_in(extents, argument, span);
            }
            owner if depth == 0 => owner,
            _ => self.lower_reference(argument)?,
        };
        if let Reference::UniformArray { uniform, .. } = reference {
            let length = self.interface.uniforms[uniform].ty.components();
            return Ok(Expression::number(length as f64, span));
        }
        let array = match &reference {
            Reference::Table { table, .. } if !self.tables[*table].rows.is_empty() => {
                Some((self.table_local(*table, span), 0))
            }
            Reference::Local { local, .. } => Some((*local, 0)),
            Reference::Value(Expression { kind: ExpressionKind::Local(local), .. }) => Some((*local, 0)),
            Reference::Row { row, .. } => Some((row.array, row.level)),
            _ => None,
        };
        if let Some((array, level)) = array
            && !self.builder.rows(array).is_empty()
        {
            let extents = self.extents_of_array(array);
            let extents = extents[level..].iter().map(|&extent| Expression::number(f64::from(extent), span));
            return Ok(size_of(extents.collect(), span));
        }
        let ty = match reference {
            Reference::Table { table, .. } => self.tables[table].value.ty,
            reference => self.type_of(&reference)?,
        };
        match ty {
            Type::Array { length, .. } => Ok(Expression::number(f64::from(length), span)),
            ty => self.refuse(Diagnostic::new(Code::NoOverload, argument.span()).message(format!(
                "`dim` is the size of a buffer or an array, this is {}",
                ty.with_article()
            ))),
        }
    }

    fn extents_in(
        &mut self,
        extents: Vec<Expression>,
        argument: &Syntax<'a>,
        span: Span,
    ) -> Lowered<Expression> {
        match extents.len() {
            0 => self.refuse(Diagnostic::new(Code::WrongIndex, argument.span()).message(format!(
                "`dim` of `{}`, an element, which has no extents",
                self.text(argument.span())
            ))),
            _ => Ok(size_of(extents, span)),
        }
    }
}

/// Extents as what `dim` gives: a number or a vector.
fn size_of(mut numbers: Vec<Expression>, span: Span) -> Expression {
    match numbers.len() {
        1 => numbers.remove(0),
        count => Expression::new(ExpressionKind::Compose(numbers), Type::vector(count as u8), span),
    }
}

/// What indices in brackets are taken of, and how many there are.
fn without_indices<'a>(syntax: &'a Syntax<'a>) -> (&'a Syntax<'a>, usize) {
    let (mut syntax, mut depth) = (syntax, 0);
    while let Syntax::Index(member) = syntax
        && named_member(syntax).is_none()
    {
        syntax = &member.object;
        depth += 1;
    }
    (syntax, depth)
}

fn value(value: Expression) -> Option<Reference> {
    Some(Reference::Value(value))
}

/// The values that are passed at run time: those, and of rows their indices.
fn values_of(arguments: Vec<Reference>) -> Vec<Expression> {
    let values = arguments.into_iter().flat_map(|argument| match argument {
        Reference::Value(value) => vec![value],
        Reference::Record(object) if object.is_object() => object.values(),
        Reference::Buffer { index, .. } | Reference::Record(Record { index, .. }) => index,
        _ => Vec::new(),
    });
    values.collect()
}

/// How a user's function can be called, for messages.
fn signature(function: &crate::ir::Function) -> String {
    let parameters: Vec<String> = function
        .parameters
        .iter()
        .map(|&parameter| {
            let local = function.local(parameter);
            format!("{}: {}", local.name, local.ty.user_name())
        })
        .collect();
    format!("{}({})", function.name, parameters.join(", "))
}
