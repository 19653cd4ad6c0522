//! Objects as a whole: literals, and what is copied where one is stored. An object is a value, as a vector is: who stores it has a copy.

use super::builder::BindingKind;
use super::operators::Operator;
use super::records::Record;
use super::references::Reference;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Block, Expression, ExpressionKind, StatementKind, Type};
use crate::syntax::tree::{Assignment, Expression as Syntax, Object, Property, PropertyKind, VariableKind};

/// Where the locals of a copy are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    /// At the current statement.
    Here,
    /// At the start of the function.
    First,
}

impl<'a> Lowerer<'a> {
    /// What an expression refers to: an object, a part of the inputs, a value.
    pub(super) fn lower_part(&mut self, syntax: &'a Syntax<'a>) -> Lowered<Reference> {
        let span = syntax.span();
        match syntax {
            Syntax::Identifier(_) | Syntax::Member(_) | Syntax::Index(_) => self.lower_reference(syntax),
            Syntax::Object(object) => self.nested(span, |lowerer| lowerer.lower_object(object, span)),
            Syntax::Conditional(choice) => {
                self.nested(span, |lowerer| lowerer.lower_conditional(choice, span))
            }
            Syntax::Call(call) => self.nested(span, |lowerer| {
                let result = lowerer.lower_call(call, span)?;
                lowerer.result_of_call(result, span)
            }),
            _ => self.lower_value(syntax).map(Reference::Value),
        }
    }

    /// `{ name: value, name, ...object }`
    fn lower_object(&mut self, object: &'a Object<'a>, span: Span) -> Lowered<Reference> {
        let mut fields: Vec<(String, Reference)> = Vec::new();
        for property in object.properties {
            let mut mark = self.builder.mark();
            let added = self.lower_property(property)?;
            for (_, earlier) in &mut fields {
                self.pin_reference(earlier, &mut mark);
            }
            for (name, value) in added {
                match fields.iter_mut().find(|field| field.0 == name) {
                    Some(field) => field.1 = value,
                    None => fields.push((name, value)),
                }
            }
        }
        if fields.is_empty() {
            return self.refuse(
                messages::unsupported("an object without fields", span)
                    .help("write its fields with their values"),
            );
        }
        Ok(Reference::Record(Record::new(fields, 0, span)))
    }

    /// The fields that one part of a literal adds.
    fn lower_property(&mut self, property: &'a Property<'a>) -> Lowered<Vec<(String, Reference)>> {
        match (property.kind, property.key.name) {
            (PropertyKind::Value | PropertyKind::Shorthand, Some(name)) => {
                let part = self.lower_part(&property.value)?;
                let value = self.value_of_field(part)?;
                Ok(vec![(name.to_owned(), value)])
            }
            (PropertyKind::Spread, _) => match self.lower_spread(&property.value)? {
                Reference::Record(record) if record.is_object() => {
                    let fields: Vec<_> =
                        record.fields().map(|(name, field)| (name.to_owned(), field)).collect();
                    fields.into_iter().map(|(name, field)| Ok((name, self.value_of_field(field)?))).collect()
                }
                _ => self.refuse(
                    messages::unsupported("`...` of what is no object", property.span)
                        .help("name each field"),
                ),
            },
            _ => self.refuse(
                messages::unsupported("a computed name or a method in an object", property.span)
                    .help("write `name: value`"),
            ),
        }
    }

    fn lower_spread(&mut self, syntax: &'a Syntax<'a>) -> Lowered<Reference> {
        match syntax {
            Syntax::Spread(spread) => self.lower_part(&spread.argument),
            other => self.lower_part(other),
        }
    }

    /// What a field of a literal holds, read at this place; arrays stay where they are until they are copied.
    fn value_of_field(&mut self, part: Reference) -> Lowered<Reference> {
        if self.length_of(&part).is_some() {
            return Ok(part);
        }
        match part {
            Reference::Record(record) => {
                let fields: Vec<_> = record.fields().map(|(name, field)| (name.to_owned(), field)).collect();
                let read = fields.into_iter().map(|(name, field)| Ok((name, self.value_of_field(field)?)));
                let fields = read.collect::<Lowered<Vec<_>>>()?;
                Ok(Reference::Record(Record::new(fields, 0, record.span)))
            }
            value => self.read(value).map(Reference::Value),
        }
    }

    /// An object as it is passed to a function: each field a value, arrays in locals.
    pub(super) fn passed_object(&mut self, record: Record) -> Lowered<Reference> {
        let span = record.span;
        let mut record = record;
        record.index.iter_mut().for_each(|index| *index = self.stable("index", index.clone()));
        let fields: Vec<_> = record.fields().map(|(name, field)| (name.to_owned(), field)).collect();
        let mut passed = Vec::new();
        for (name, field) in fields {
            let value = match self.length_of(&field) {
                Some(_) => {
                    let copy = self.like(&name, &field, None, Declared::Here, span)?;
                    self.store_part(&copy, field, span)?;
                    copy
                }
                None => field,
            };
            let value = match value {
                Reference::Record(inner) => self.passed_object(inner)?,
                value => Reference::Value(self.read(value)?),
            };
            passed.push((name, value));
        }
        Ok(Reference::Record(Record::new(passed, 0, span)))
    }

    /// An array of objects that are passed, each field an array in a temporary.
    pub(super) fn array_of_objects(&mut self, elements: Vec<Reference>, span: Span) -> Lowered<Reference> {
        let Some(Reference::Record(first)) = elements.first().cloned() else {
            let read = elements.into_iter().map(|element| self.read(element));
            let values = read.collect::<Lowered<Vec<_>>>()?;
            let array = self.array_of_values(values, span)?;
            return Ok(self
                .builder
                .adoptable(&array)
                .map_or(Reference::Value(array), |local| Reference::Local { local, constant: false, span }));
        };
        let mut fields = Vec::new();
        for (name, _) in first.fields() {
            let of_each = |element: &Reference| match element {
                Reference::Record(object) if object.fields().count() == first.fields().count() => {
                    object.field(name)
                }
                _ => None,
            };
            let Some(column) = elements.iter().map(of_each).collect::<Option<Vec<_>>>() else {
                return self.refuse(
                    Diagnostic::new(Code::WrongArray, span)
                        .message(format!(
                            "the elements of this array are not all objects {}",
                            first.in_words()
                        ))
                        .help("write them with the same fields"),
                );
            };
            fields.push((name.to_owned(), self.array_of_objects(column, span)?));
        }
        Ok(Reference::Record(Record::new(fields, 1, span)))
    }

    /// An array of `length` copies of an object, before each of which the statements of `body` are run.
    pub(super) fn array_filled_with_objects(
        &mut self,
        length: u32,
        body: Block,
        object: Record,
        span: Span,
    ) -> Lowered<Reference> {
        let object = Reference::Record(object);
        let array = self.like("array", &object, Some(length), Declared::Here, span)?;
        let counter = self.builder.add_temporary("element", Type::NUMBER, span);
        let index = Expression::new(ExpressionKind::Local(counter), Type::NUMBER, span);
        self.builder.open_block();
        self.builder.splice(body);
        let element = self.index(array.clone(), index, span);
        let stored = element.and_then(|element| self.store_part(&element, object, span));
        let body = self.builder.close_block();
        stored?;
        self.push_counted(counter, length, body, span);
        Ok(array)
    }

    /// Declares a variable that holds a copy of an object, or of an array of them.
    pub(super) fn declare_object(
        &mut self,
        name: &str,
        object: Record,
        kind: VariableKind,
        span: Span,
    ) -> Lowered<()> {
        let binding = self.builder.lookup_here(name).map(|binding| binding.kind);
        if let Some(BindingKind::Hoisted { .. }) = binding {
            return self.refuse(
                messages::unsupported("an object declared in a case of a `switch`", span)
                    .help("put the statements of the case in braces"),
            );
        }
        if kind == VariableKind::Var {
            return self.declare_hoisted_object(name, object, span);
        }
        let mut object = object;
        object.index.iter_mut().for_each(|index| *index = self.stable("index", index.clone()));
        let is_constant = kind == VariableKind::Const;
        let copy = self.copied(name, Reference::Record(object), is_constant, span)?;
        let alias = self.new_alias(copy);
        self.builder.bind(name, alias, span);
        Ok(())
    }

    /// `var name = object`: its fields exist since the start of the function.
    fn declare_hoisted_object(&mut self, name: &str, object: Record, span: Span) -> Lowered<()> {
        let object = Reference::Record(object);
        let copy = match self.builder.lookup_in_function(name).map(|binding| binding.kind) {
            Some(BindingKind::Alias(alias)) => self.alias(alias, span),
            Some(BindingKind::Variable(local)) if self.builder.local_type(local).is_none() => {
                let copy = self.like(name, &object, None, Declared::First, span)?;
                let alias = self.new_alias(copy.clone());
                self.builder.bind_in_function(name, alias, span);
                copy
            }
            _ => {
                return self.refuse(
                    Diagnostic::new(Code::TypeMismatch, span)
                        .message(format!("`{name}` is something else already, and this is an object"))
                        .note("a `var` is one variable in the whole function")
                        .help("use `let`, or another name"),
                );
            }
        };
        self.store_part(&copy, object, span)
    }

    /// A copy in new locals.
    fn copied(&mut self, name: &str, part: Reference, is_constant: bool, span: Span) -> Lowered<Reference> {
        if self.length_of(&part).is_some() {
            let copy = self.like(name, &part, None, Declared::Here, span)?;
            self.store_part(&copy, part, span)?;
            return Ok(copy);
        }
        if let Reference::Record(record) = part {
            let fields: Vec<_> = record.fields().map(|(name, field)| (name.to_owned(), field)).collect();
            let copy = |(field, part): (String, Reference)| {
                let copy = self.copied(&format!("{name}.{field}"), part, is_constant, span)?;
                Ok((field, copy))
            };
            let fields = fields.into_iter().map(copy).collect::<Lowered<Vec<_>>>()?;
            return Ok(Reference::Record(Record::new(fields, 0, span)));
        }
        let value = self.read(part)?;
        let constant = self.constant_value(&value).filter(|_| is_constant);
        let local = self.declare_local(name, value, span);
        if let Some(constant) = constant {
            self.builder.set_constant(local, constant);
        }
        if is_constant {
            self.builder.set_is_constant(local);
        }
        Ok(Reference::Local { local, constant: is_constant, span })
    }

    /// New locals for a copy of a part; an array of `extent` of them, if there is one.
    pub(super) fn like(
        &mut self,
        name: &str,
        part: &Reference,
        extent: Option<u32>,
        declared: Declared,
        span: Span,
    ) -> Lowered<Reference> {
        let own = self.length_of(part);
        if own.is_some() && extent.is_some() {
            return self.refuse(
                messages::unsupported("copying arrays in arrays", span)
                    .help("name the elements that are needed"),
            );
        }
        let extent = extent.or(own);
        if let Reference::Record(record) = part {
            let fields: Vec<_> = record.fields().map(|(name, field)| (name.to_owned(), field)).collect();
            let is_open = !record.is_object();
            let like = |(field, part): (String, Reference)| {
                // The extent of what is open is that of each of its fields.
                let outer = if is_open { None } else { extent };
                let like = self.like(&format!("{name}.{field}"), &part, outer, declared, span)?;
                Ok((field, like))
            };
            let fields = fields.into_iter().map(like).collect::<Lowered<Vec<_>>>()?;
            return Ok(Reference::Record(Record::new(fields, usize::from(extent.is_some()), span)));
        }
        let element = self.element_type(part)?;
        let ty = match extent {
            Some(length) => self.array_type(element, length, span)?,
            None => element,
        };
        let local = self.builder.add_local(name, Some(ty), span);
        let declare = StatementKind::Declare { local, value: None };
        match declared {
            Declared::Here => self.builder.push(declare, span),
            Declared::First => self.builder.push_first(declare, span),
        }
        Ok(Reference::Local { local, constant: false, span })
    }

    /// The type of a value, or of the elements of an array.
    fn element_type(&mut self, part: &Reference) -> Lowered<Type> {
        match part {
            Reference::Buffer { buffer, .. } => Ok(self.interface.buffers[*buffer].element.into()),
            other => self.type_of(other).map(|ty| ty.element().unwrap_or(ty)),
        }
    }

    /// `object = value` as a statement.
    pub(super) fn assign_object(
        &mut self,
        target: Record,
        syntax: &'a Assignment<'a>,
        span: Span,
    ) -> Lowered<()> {
        if Operator::of_assignment(syntax.operator).is_some() || !target.is_object() {
            return self.no_value(&target);
        }
        let mut target = Reference::Record(target);
        let mut mark = self.builder.mark();
        let source = self.lower_part(&syntax.right)?;
        self.pin_reference(&mut target, &mut mark);
        // Storing one field could change where the next is stored, or what the next is.
        self.share_indices(&mut target);
        let source = self.stored_in_temporaries(source);
        self.store_part(&target, source, span)
    }

    /// The object with its values and indices held in temporaries, so that no store changes them.
    pub(super) fn stored_in_temporaries(&mut self, part: Reference) -> Reference {
        match part {
            Reference::Record(mut record) => {
                record.each_value(&mut |value| *value = self.stable("field", value.clone()));
                record.index.iter_mut().for_each(|index| *index = self.stable("index", index.clone()));
                Reference::Record(record)
            }
            other => other,
        }
    }

    /// The value, or a temporary that keeps it.
    pub(super) fn stable(&mut self, hint: &str, value: Expression) -> Expression {
        let is_array = matches!(value.ty, Type::Array { .. });
        if is_array || self.builder.is_stable(&value) { value } else { self.builder.temporary(hint, value) }
    }

    /// Stores a copy of what is of the same shape: a value, an array, an object.
    pub(super) fn store_part(&mut self, target: &Reference, source: Reference, span: Span) -> Lowered<()> {
        let extents = (self.length_of(target), self.length_of(&source));
        let is_local = |part: &Reference| matches!(part, Reference::Local { .. } | Reference::Value(_));
        match (target, extents) {
            (_, (Some(_), Some(_))) if is_local(target) && is_local(&source) => {
                let value = self.read(source)?;
                self.store(target, value, span)
            }
            (_, (Some(length), Some(other))) if length == other => {
                self.store_elements(target.clone(), source, length, span)
            }
            (Reference::Record(target), (None, None)) => self.store_fields(target, source, span),
            (_, (None, None)) => {
                let value = self.read(source)?;
                self.store(target, value, span)
            }
            (_, (wanted, given)) => {
                let in_words = |extent: Option<u32>| {
                    extent.map_or("one element".to_owned(), |length| format!("an array of {length} elements"))
                };
                self.refuse(Diagnostic::new(Code::TypeMismatch, span).message(format!(
                    "{} cannot be assigned to {}",
                    in_words(given),
                    in_words(wanted)
                )))
            }
        }
    }

    fn store_elements(
        &mut self,
        target: Reference,
        source: Reference,
        length: u32,
        span: Span,
    ) -> Lowered<()> {
        let counter = self.builder.add_temporary("element", Type::NUMBER, span);
        let index = Expression::new(ExpressionKind::Local(counter), Type::NUMBER, span);
        self.builder.open_block();
        let stored = self.index(target, index.clone(), span).and_then(|target| {
            let source = self.index(source, index, span)?;
            self.store_part(&target, source, span)
        });
        let body: Block = self.builder.close_block();
        self.push_counted(counter, length, body, span);
        stored
    }

    fn store_fields(&mut self, target: &Record, source: Reference, span: Span) -> Lowered<()> {
        let Reference::Record(source) = source else {
            let given = self.type_of(&source)?;
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, span)
                    .message(format!("{} cannot be assigned to an object", given.with_article()))
                    .help(format!("assign an object {}", target.in_words())),
            );
        };
        let names: Vec<String> = target.fields().map(|(name, _)| name.to_owned()).collect();
        if let Some((name, _)) = source.fields().find(|(name, _)| target.field(name).is_none()) {
            let text = self.text(target.span);
            let known = names.iter().map(String::as_str);
            return self.refuse(messages::unknown_member(text, name, source.span, known));
        }
        for (name, place) in target.fields() {
            let Some(value) = source.field(name) else {
                return self.refuse(
                    Diagnostic::new(Code::TypeMismatch, source.span)
                        .message(format!("this object has no field `{name}`"))
                        .note(format!("objects here have the fields {}", names.join(", ")))
                        .help(format!("add `{name}: …`")),
                );
            };
            self.store_part(&place, value, span)?;
        }
        Ok(())
    }
}
