//! Objects: elements of buffers of objects, and those that a kernel makes.
//!
//! There are none in the IR. An object is nothing but its fields, so a reference to one is a reference to each of them: to elements of
//! columns, to locals, to values. How objects are copied is in `objects.rs`.

use std::rc::Rc;

use artifact::{Interface, column_path};

use super::references::{Reference, take};
use super::{Lowered, Lowerer, messages};
use crate::collections::Map;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Expression, ExpressionKind, Type};

/// A reference to an object, or to several behind indices.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// What the fields refer to, in the order of their declaration; where indices lead to the object, without these.
    fields: Rc<Vec<(String, Reference)>>,
    /// The indices that were given so far.
    pub(super) index: Vec<Expression>,
    /// How many indices lead to an object.
    depth: usize,
    pub(super) span: Span,
}

impl Record {
    /// An object with these fields, or as many as `depth` indices tell apart.
    pub(super) fn new(fields: Vec<(String, Reference)>, depth: usize, span: Span) -> Self {
        Self { fields: Rc::new(fields), index: Vec::new(), depth, span }
    }

    /// Whether this is one object.
    pub(super) fn is_object(&self) -> bool {
        self.missing() == 0
    }

    /// The number of indices that are still to be given.
    pub(super) fn missing(&self) -> usize {
        self.depth - self.index.len()
    }

    /// The fields of the object, or of the objects.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, Reference)> {
        self.fields.iter().map(|(name, field)| (name.as_str(), field.clone().behind(&self.index)))
    }

    /// The field of this name.
    pub(super) fn field(&self, name: &str) -> Option<Reference> {
        self.fields().find(|field| field.0 == name).map(|field| field.1)
    }

    /// Something that a field holds, as if it were no array.
    pub(super) fn any_leaf(&self) -> Reference {
        match self.fields().next().map(|field| field.1) {
            Some(Reference::Record(inner)) => inner.any_leaf(),
            Some(leaf) => leaf,
            None => Reference::Inputs(self.span),
        }
    }

    /// Changes the values that fields are, one after the other.
    pub(super) fn each_value(&mut self, change: &mut impl FnMut(&mut Expression)) {
        for (_, field) in Rc::make_mut(&mut self.fields) {
            match field {
                Reference::Value(value) => change(value),
                Reference::Record(inner) => inner.each_value(change),
                _ => {}
            }
        }
    }

    /// The values that fields are, in order.
    pub(super) fn values(&self) -> Vec<Expression> {
        let mut values = Vec::new();
        self.clone().each_value(&mut |value| values.push(value.clone()));
        values
    }

    /// `{ position, age }`
    pub(super) fn in_words(&self) -> String {
        let names: Vec<&str> = self.fields.iter().map(|field| field.0.as_str()).collect();
        format!("{{ {} }}", names.join(", "))
    }
}

impl Record {
    /// Whether a function that is compiled for what this means is right for the other, too: the same objects in a buffer, or objects with fields of
    /// the same types.
    pub(super) fn means_like(&self, other: &Self) -> bool {
        let is_alike = |(one, other): ((&str, Reference), (&str, Reference))| {
            one.0 == other.0
                && match (&one.1, &other.1) {
                    (Reference::Value(one), Reference::Value(other)) => one.ty == other.ty,
                    (one, other) => one.means_like(other),
                }
        };
        self.index.len() == other.index.len()
            && self.fields.len() == other.fields.len()
            && self.fields().zip(other.fields()).all(is_alike)
    }
}

impl Reference {
    /// The same with a variable for each value that is a local's: what a function gets is its own.
    pub(super) fn in_variables(self) -> Self {
        match self {
            Self::Value(Expression { kind: ExpressionKind::Local(local), span, .. }) => {
                Self::Local { local, constant: false, span }
            }
            Self::Record(record) => {
                let fields = record.fields().map(|(name, field)| (name.to_owned(), field.in_variables()));
                Self::Record(Record::new(fields.collect(), record.depth, record.span))
            }
            other => other,
        }
    }

    /// What this is behind indices: an element of a column or of an array, or an object further on.
    fn behind(self, indices: &[Expression]) -> Self {
        match (self, indices) {
            (Self::Buffer { buffer, index, span }, _) => {
                Self::Buffer { buffer, index: [indices, &index].concat(), span }
            }
            (Self::Record(record), _) => {
                Self::Record(Record { index: [indices, &record.index].concat(), ..record })
            }
            (Self::Local { local, constant, span }, [index]) => {
                Self::Element { array: local, constant, index: index.clone(), span }
            }
            (other, _) => other,
        }
    }
}

/// The buffers of objects of an interface.
pub(super) fn records_of(interface: &Interface) -> Map<String, Record> {
    let mut roots: Vec<(String, Node)> = Vec::new();
    for (buffer, description) in interface.buffers.iter().enumerate() {
        let mut nodes = &mut roots;
        let mut indices = 0;
        for step in column_path(&description.name).unwrap_or_default() {
            indices += step.indices;
            let place = nodes.iter().position(|node| node.0 == step.name).unwrap_or_else(|| {
                nodes.push((step.name.to_owned(), Node { buffer, depth: indices, inner: Vec::new() }));
                nodes.len() - 1
            });
            nodes = &mut nodes[place].1.inner;
        }
    }
    roots.into_iter().map(|(name, node)| (name, node.record())).collect()
}

/// A buffer of objects or a field, while columns are put together.
struct Node {
    /// The column, if nothing is within.
    buffer: usize,
    depth: usize,
    inner: Vec<(String, Node)>,
}

impl Node {
    fn record(self) -> Record {
        let field = |(name, node): (String, Self)| {
            let reference = if node.inner.is_empty() {
                Reference::Buffer { buffer: node.buffer, index: Vec::new(), span: Span::default() }
            } else {
                Reference::Record(node.record())
            };
            (name, reference)
        };
        Record::new(self.inner.into_iter().map(field).collect(), self.depth, Span::default())
    }
}

impl Lowerer<'_> {
    /// The names under `inputs.buffers`: those of buffers of values and of objects.
    pub(super) fn buffer_names(&self) -> impl Iterator<Item = &str> {
        let values = self.interface.buffers.iter().map(|buffer| buffer.name.as_str());
        values.filter(|name| column_path(name).is_none()).chain(self.records.keys().map(String::as_str))
    }

    /// `object.name` of an object.
    pub(super) fn field(
        &mut self,
        record: &Record,
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Lowered<Reference> {
        let text = self.text(record.span);
        let leaf = record.any_leaf();
        if let Some(length) =
            self.length_value(&leaf, span).filter(|_| name == "length" && !record.is_object())
        {
            return Ok(Reference::Value(length));
        }
        if !record.is_object() {
            let missing = ["", "[i]", "[i][j]", "[i][j][k]"][record.missing().min(3)];
            return self.refuse(
                Diagnostic::new(Code::NotAValue, name_span)
                    .message(format!("`{text}` holds many objects {}", record.in_words()))
                    .help(format!("name one of them: `{text}{missing}.{name}`")),
            );
        }
        match record.field(name) {
            Some(field) => Ok(field.at(span)),
            None => {
                let known = record.fields.iter().map(|field| field.0.as_str());
                self.refuse(messages::unknown_member(text, name, name_span, known))
            }
        }
    }

    /// `objects[index]`, with a number or with a vector of all indices that are missing.
    pub(super) fn index_record(
        &mut self,
        mut record: Record,
        index: Expression,
        span: Span,
    ) -> Lowered<Reference> {
        let missing = record.missing();
        match index.ty {
            Type::Vector(size, _) if usize::from(size) == missing => {
                let vector = self.duplicable(index);
                let part = |component| take(vector.clone(), &[component], vector.span);
                record.index.extend((0..size).map(part));
            }
            ty if ty.is_number() && missing > 0 => record.index.push(index),
            _ if missing == 0 => {
                let text = self.text(record.span);
                return self.refuse(
                    Diagnostic::new(Code::WrongIndex, span)
                        .message(format!("`{text}` is an object {}, which has no index", record.in_words()))
                        .help("name a field behind a dot"),
                );
            }
            ty => {
                return self.refuse(Diagnostic::new(Code::WrongIndex, index.span).message(format!(
                    "{} cannot be an index here: {missing} can still be given",
                    ty.with_article()
                )));
            }
        }
        Ok(Reference::Record(Record { span, ..record }))
    }

    /// The extents of the indices that lead to objects and are not given yet.
    pub(super) fn extents_of(&self, record: &Record, span: Span) -> Vec<Expression> {
        match record.any_leaf() {
            Reference::Buffer { buffer, index, .. } => {
                let mut extents = self.extents_behind(buffer, index.len(), span);
                extents.truncate(record.missing());
                extents
            }
            leaf => self.length_value(&leaf, span).filter(|_| !record.is_object()).into_iter().collect(),
        }
    }

    /// Refuses an object where a value is wanted.
    pub(super) fn no_value<T>(&mut self, record: &Record) -> Lowered<T> {
        let what = if record.is_object() { "is an object" } else { "holds objects" };
        let text = self.text(record.span);
        self.refuse(
            Diagnostic::new(Code::NotAValue, record.span)
                .message(format!("`{text}` {what} {}, not a value", record.in_words()))
                .note("objects are stored in variables, in buffers of such objects, passed to functions and returned")
                .help("name a field behind a dot"),
        )
    }
}
