//! Member chains: from `inputs.buffers.heat[x][y].z` to what can be read or stored.

use super::atomics::Atomic;
use super::builder::BindingKind;
use super::names::{Library, named_member};
use super::records::Record;
use super::rows::Row;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Builtin, Expression, ExpressionKind, LocalId, Type, builtins};
use crate::syntax::tree::Expression as Syntax;

/// What an expression refers to.
#[derive(Clone, Debug)]
pub(super) enum Reference {
    /// A value that can only be read.
    Value(Expression),
    /// A local, and whether it is a `const`.
    Local {
        local: LocalId,
        constant: bool,
        span: Span,
    },
    /// An element of an array.
    Element {
        array: LocalId,
        constant: bool,
        index: Expression,
        span: Span,
    },
    /// A buffer, with the indices given so far.
    Buffer {
        buffer: usize,
        index: Vec<Expression>,
        span: Span,
    },
    /// A uniform that is an array.
    UniformArray {
        uniform: usize,
        span: Span,
    },
    /// An object, or several behind indices.
    Record(Record),
    /// A constant that is handed in and is an array.
    Table {
        table: usize,
        span: Span,
    },
    /// A row of an array of arrays.
    Row {
        row: Row,
        span: Span,
    },
    /// A component of something that can be stored.
    Component {
        base: Box<Reference>,
        component: u8,
        span: Span,
    },
    /// Several components of something that can be stored.
    Swizzle {
        base: Box<Reference>,
        components: Vec<u8>,
        span: Span,
    },
    /// A component of something that can be stored, which is not known.
    Lane {
        base: Box<Reference>,
        index: Expression,
        span: Span,
    },
    Inputs(Span),
    Buffers(Span),
    Uniforms(Span),
    Canvas(Span),
    SetPixel(Span),
    Math(Span),
    MathFunction(Builtin, Span),
    Atomics(Span),
    Atomic(Atomic, Span),
    Random(Span),
    Library(Library, Span),
    Function(usize, Span),
}

impl Reference {
    /// The same reference, for another place in the source.
    pub(super) fn at(mut self, place: Span) -> Self {
        *self.span_mut() = place;
        self
    }

    /// The source range of the reference, for changing it.
    pub(super) fn span_mut(&mut self) -> &mut Span {
        match self {
            Self::Value(value) => &mut value.span,
            Self::Record(record) => &mut record.span,
            Self::Inputs(span)
            | Self::Buffers(span)
            | Self::Uniforms(span)
            | Self::Canvas(span)
            | Self::Math(span)
            | Self::SetPixel(span)
            | Self::Random(span)
            | Self::MathFunction(_, span)
            | Self::Atomics(span)
            | Self::Atomic(_, span)
            | Self::Library(_, span)
            | Self::Function(_, span)
            | Self::Local { span, .. }
            | Self::Element { span, .. }
            | Self::Buffer { span, .. }
            | Self::UniformArray { span, .. }
            | Self::Table { span, .. }
            | Self::Row { span, .. }
            | Self::Component { span, .. }
            | Self::Lane { span, .. }
            | Self::Swizzle { span, .. } => span,
        }
    }
}

impl<'a> Lowerer<'a> {
    /// What `syntax` refers to.
    pub(super) fn lower_reference(&mut self, syntax: &'a Syntax<'a>) -> Lowered<Reference> {
        // The links of a chain, the last one first: it may be as long as the text, so this is no recursion.
        let mut links = Vec::new();
        let mut object = syntax;
        while let Some(inner) = self.object_of(object) {
            links.push(object);
            object = inner;
        }
        let span = object.span();
        let mut reference = if let Some(library) = self.library(object) {
            Reference::Library(library, span)
        } else if let Syntax::Identifier(identifier) = object {
            self.name_reference(identifier.name, span)?
        } else if let (Syntax::Array(list), false) = (object, links.is_empty()) {
            self.lower_list_literal(list)?
        } else {
            let value = self.lower_value(object)?;
            Reference::Value(if links.is_empty() { value } else { self.made_once(value) })
        };
        while let Some(link) = links.pop() {
            reference = self.lower_link(reference, link)?;
        }
        Ok(reference)
    }

    /// What a member, an element or the result of a method is taken of; nothing for the library's names and all that is no link of a chain.
    fn object_of(&self, syntax: &'a Syntax<'a>) -> Option<&'a Syntax<'a>> {
        if self.library(syntax).is_some() {
            return None;
        }
        match syntax {
            Syntax::Index(member) => Some(&member.object),
            Syntax::Call(call) => {
                let (object, ..) = named_member(&call.callee)?;
                self.library(&call.callee).is_none().then_some(object)
            }
            _ => named_member(syntax).map(|(object, ..)| object),
        }
    }

    /// `object.name`, `object[index]` or `object.name(…)`.
    fn lower_link(&mut self, object: Reference, link: &'a Syntax<'a>) -> Lowered<Reference> {
        let span = link.span();
        if let Some((_, name, name_span)) = named_member(link) {
            return self.member(object, name, name_span, span);
        }
        match link {
            Syntax::Index(member) => self.lower_indexed(object, &member.index, span),
            Syntax::Call(call) => {
                let Some((_, name, name_span)) = named_member(&call.callee) else {
                    unreachable!("a method has a name")
                };
                let value = self.lower_member_call(object, name, name_span, call, span)?;
                Ok(match self.result_of_call(value, span)? {
                    Reference::Value(value) => Reference::Value(self.bounded(value)),
                    object => object,
                })
            }
            _ => unreachable!("all links are members or calls"),
        }
    }

    /// `object[index]`
    pub(super) fn lower_indexed(
        &mut self,
        mut object: Reference,
        index: &'a Syntax<'a>,
        span: Span,
    ) -> Lowered<Reference> {
        let mut mark = self.builder.mark();
        let index = self.lower_value(index)?;
        self.pin_reference(&mut object, &mut mark);
        self.index(object, index, span)
    }

    pub(super) fn name_reference(&mut self, name: &str, span: Span) -> Lowered<Reference> {
        if let Some(binding) = self.builder.lookup(name) {
            let (kind, declared) = (binding.kind, binding.span);
            return match kind {
                BindingKind::Variable(local) => Ok(Reference::Local { local, constant: false, span }),
                BindingKind::Hoisted { local, constant } => Ok(Reference::Local { local, constant, span }),
                BindingKind::Constant(local) => Ok(Reference::Local { local, constant: true, span }),
                BindingKind::Alias(alias) => Ok(self.alias(alias, span)),
                BindingKind::Poisoned => Err(super::Reported),
                BindingKind::NotYet => self.refuse(
                    Diagnostic::new(Code::UsedBeforeDeclaration, span)
                        .message(format!("`{name}` is used before its declaration"))
                        .and_label(declared, "declared here")
                        .help("move the declaration up"),
                ),
            };
        }
        if let Some(function) = self.function_named(name) {
            return Ok(Reference::Function(function, span));
        }
        if let Some(part) = self.part(name, span).or_else(|| self.constant_of_kernel(name, span)) {
            return Ok(part);
        }
        match name {
            "Math" => Ok(Reference::Math(span)),
            "Atomics" => Ok(Reference::Atomics(span)),
            "NaN" => Ok(Reference::Value(Expression::number(f64::NAN, span))),
            "Infinity" => Ok(Reference::Value(Expression::number(f64::INFINITY, span))),
            "undefined" => self.refuse(
                messages::unsupported("`undefined`", span)
                    .help("every variable has a number, boolean or vector; use 0 or false"),
            ),
            _ => self.unknown_name(name, span, false),
        }
    }

    /// `object.name`
    pub(super) fn member(
        &mut self,
        object: Reference,
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Lowered<Reference> {
        match object {
            Reference::Inputs(_) => self.inputs_member(name, name_span, span),
            Reference::Buffers(_) => match self.interface.buffer_index(name) {
                Some(buffer) => Ok(Reference::Buffer { buffer, index: Vec::new(), span }),
                None => match self.records.get(name) {
                    Some(record) => Ok(Reference::Record(record.clone()).at(span)),
                    None => {
                        let owner = format_args!("{}.buffers", self.inputs);
                        let unknown = messages::unknown_member(owner, name, name_span, self.buffer_names());
                        self.refuse(unknown)
                    }
                },
            },
            Reference::Record(record) => self.field(&record, name, name_span, span),
            Reference::Uniforms(_) => self.uniform(name, name_span, span),
            Reference::Canvas(_) => self.canvas_member(name, name_span, span),
            Reference::Math(_) => self.math_member(name, name_span, span),
            Reference::Atomics(_) => self.atomics_member(name, name_span, span),
            Reference::Library(Library::Types, _) => {
                self.refuse(Diagnostic::new(Code::NotAValue, span).message("types are not values").help(
                    "use `types.number` and its like only as the default value of a function's parameter",
                ))
            }
            object => match self.length_value(&object, span).filter(|_| name == "length") {
                Some(length) => Ok(Reference::Value(length)),
                None => self.component(object, name, name_span, span),
            },
        }
    }

    fn inputs_member(&mut self, name: &str, name_span: Span, span: Span) -> Lowered<Reference> {
        match name {
            "threadId" => {
                Ok(Reference::Value(Expression::new(ExpressionKind::ThreadId, Type::vector(3), span)))
            }
            "buffers" => Ok(Reference::Buffers(span)),
            "uniforms" => Ok(Reference::Uniforms(span)),
            "usingCpu" => Ok(Reference::Value(Expression::bool(self.interface.using_cpu, span))),
            "canvas" if self.interface.canvas.is_some() => Ok(Reference::Canvas(span)),
            "canvas" => self.refuse(
                Diagnostic::new(Code::NoCanvas, span)
                    .message("this kernel uses a canvas, but its interface has none")
                    .help("give the interface a canvas: `new GPUInterface({ canvas, … })`"),
            ),
            _ => {
                let known = ["threadId", "buffers", "uniforms", "canvas", "usingCpu"];
                self.refuse(messages::unknown_member(&self.inputs, name, name_span, known))
            }
        }
    }

    fn uniform(&mut self, name: &str, name_span: Span, span: Span) -> Lowered<Reference> {
        let uniforms = &self.interface.uniforms;
        match self.interface.uniform_index(name) {
            Some(uniform) if uniforms[uniform].ty.is_array() => Ok(Reference::UniformArray { uniform, span }),
            Some(uniform) => {
                let kind = ExpressionKind::Uniform(uniform);
                Ok(Reference::Value(Expression::new(kind, uniforms[uniform].ty.into(), span)))
            }
            None => {
                let known = uniforms.iter().map(|uniform| uniform.name.as_str());
                let owner = format_args!("{}.uniforms", self.inputs);
                self.refuse(messages::unknown_member(owner, name, name_span, known))
            }
        }
    }

    fn canvas_member(&mut self, name: &str, name_span: Span, span: Span) -> Lowered<Reference> {
        match (name, self.interface.canvas) {
            ("size", Some(size)) => {
                let parts =
                    [size.width, size.height].map(|extent| Expression::number(f64::from(extent), span));
                let kind = ExpressionKind::Compose(parts.into());
                Ok(Reference::Value(Expression::new(kind, Type::vector(2), span)))
            }
            ("setPixel", _) => Ok(Reference::SetPixel(span)),
            _ => {
                let owner = format_args!("{}.canvas", self.inputs);
                self.refuse(messages::unknown_member(owner, name, name_span, ["size", "setPixel"]))
            }
        }
    }

    fn math_member(&mut self, name: &str, name_span: Span, span: Span) -> Lowered<Reference> {
        if let Some((_, value)) = builtins::CONSTANTS.iter().find(|(constant, _)| *constant == name) {
            return Ok(Reference::Value(Expression::number(*value, span)));
        }
        if name == "random" {
            return Ok(Reference::Random(span));
        }
        if let Some(builtin) = Builtin::of_math(name) {
            return Ok(Reference::MathFunction(builtin, span));
        }
        if let Some(diagnostic) = messages::missing_from_math(name, name_span) {
            return self.refuse(diagnostic);
        }
        let functions = builtins::TABLE.iter().filter_map(|row| row.math);
        let known = functions.chain(builtins::CONSTANTS.iter().map(|(name, _)| *name)).chain(["random"]);
        self.refuse(messages::unknown_member("Math", name, name_span, known))
    }

    /// `object.x` or `object.zyy` of a vector.
    fn component(
        &mut self,
        object: Reference,
        name: &str,
        name_span: Span,
        span: Span,
    ) -> Lowered<Reference> {
        let ty = self.type_of(&object)?;
        let Type::Vector(size, _) = ty else {
            return self.no_such_component(ty, name, name_span);
        };
        let letters: Option<Vec<u8>> =
            name.chars().map(|letter| "xyzw".find(letter).map(|place| place as u8)).collect();
        let components = match letters {
            Some(letters)
                if (1..=4).contains(&letters.len()) && letters.iter().all(|&letter| letter < size) =>
            {
                letters
            }
            _ => return self.no_such_component(ty, name, name_span),
        };
        if let Reference::Value(vector) = object {
            return Ok(Reference::Value(take(vector, &components, span)));
        }
        // Seen through another swizzle, so that a chain of them is no deeper than one.
        let (object, components) = match object {
            Reference::Swizzle { base, components: chosen, .. } => {
                (*base, components.iter().map(|&component| chosen[usize::from(component)]).collect())
            }
            object => (object, components),
        };
        let base = Box::new(object);
        Ok(match components[..] {
            [component] => Reference::Component { base, component, span },
            _ => Reference::Swizzle { base, components, span },
        })
    }

    fn no_such_component<T>(&mut self, ty: Type, name: &str, span: Span) -> Lowered<T> {
        let diagnostic = Diagnostic::new(Code::WrongComponent, span)
            .message(format!("{} has no property `{name}`", ty.with_article()));
        self.refuse(match ty {
            Type::Vector(..) if Builtin::of_method(name).is_some() => diagnostic
                .help(format!("`{name}` is a method of {}: call it, `.{name}(…)`", ty.with_article())),
            Type::Vector(size, _) => {
                let letters = &["x", "y", "z", "w"][..size as usize];
                diagnostic.note(format!(
                    "{} has the components {}, and swizzles of up to four of them",
                    ty.with_article(),
                    letters.join(", ")
                ))
            }
            Type::Array { .. } => diagnostic.help("an array has a `length`, and elements by their indices"),
            _ => diagnostic,
        })
    }

    /// `object[index]`
    pub(super) fn index(&mut self, object: Reference, index: Expression, span: Span) -> Lowered<Reference> {
        match object {
            Reference::Buffer { buffer, index: mut indices, .. } if !self.is_vector_of(buffer, &indices) => {
                self.add_indices(buffer, &mut indices, index, span)?;
                Ok(Reference::Buffer { buffer, index: indices, span })
            }
            Reference::Local { local, constant, .. }
                if matches!(self.builder.local_type(local), Some(Type::Array { .. })) =>
            {
                self.array_index(&index)?;
                if !self.builder.rows(local).is_empty() {
                    return Ok(self.row(local, constant, index, span));
                }
                Ok(Reference::Element { array: local, constant, index, span })
            }
            Reference::Row { row, .. } => {
                self.array_index(&index)?;
                Ok(self.row_element(row, index, span))
            }
            Reference::Value(Expression {
                kind: ExpressionKind::Local(local),
                ty: Type::Array { .. },
                ..
            }) => {
                self.array_index(&index)?;
                if !self.builder.rows(local).is_empty() {
                    return Ok(self.row(local, true, index, span));
                }
                Ok(Reference::Element { array: local, constant: true, index, span })
            }
            Reference::UniformArray { uniform, .. } => {
                self.array_index(&index)?;
                let kind = ExpressionKind::UniformElement { uniform, index: Box::new(index) };
                Ok(Reference::Value(Expression::new(kind, self.interface.uniforms[uniform].ty.into(), span)))
            }
            Reference::Record(record) => self.index_record(record, index, span),
            Reference::Table { table, .. } => {
                self.array_index(&index)?;
                Ok(self.table_element(table, index, span))
            }
            Reference::Buffers(_) | Reference::Uniforms(_) => self.refuse(
                Diagnostic::new(Code::WrongIndex, index.span)
                    .message("a buffer or uniform is named by a constant string")
                    .note("which one it is has to be known when the kernel is compiled")
                    .help("write `.name` or `['name']`, and choose between several with `if`"),
            ),
            object => {
                let ty = self.type_of(&object)?;
                if ty.is_vector() {
                    return self.lane(object, index, span);
                }
                self.refuse(
                    Diagnostic::new(Code::WrongIndex, span)
                        .message(format!("{} cannot be indexed", ty.with_article())),
                )
            }
        }
    }

    /// Whether so many indices lead to a vector in a buffer.
    fn is_vector_of(&self, buffer: usize, indices: &[Expression]) -> bool {
        let buffer = &self.interface.buffers[buffer];
        buffer.size.len() == indices.len() && Type::from(buffer.element).is_vector()
    }

    fn array_index(&mut self, index: &Expression) -> Lowered<()> {
        if index.ty.is_number() {
            return Ok(());
        }
        self.refuse(
            Diagnostic::new(Code::WrongIndex, index.span)
                .message(format!("an array is indexed by a number, not {}", index.ty.with_article())),
        )
    }

    /// Adds one number, or all components of a vector, to a buffer's indices.
    fn add_indices(
        &mut self,
        buffer: usize,
        indices: &mut Vec<Expression>,
        index: Expression,
        span: Span,
    ) -> Lowered<()> {
        let description = &self.interface.buffers[buffer];
        let (rank, name) = (description.size.len(), description.name.clone());
        let open = rank - indices.len().min(rank);
        match index.ty {
            Type::Vector(size, _) if usize::from(size) == open => {
                let vector = self.duplicable(index);
                indices.extend((0..size).map(|component| take(vector.clone(), &[component], vector.span)));
                Ok(())
            }
            ty if ty.is_number() && open > 0 => {
                indices.push(index);
                Ok(())
            }
            ty if ty.is_number() => self.refuse(
                Diagnostic::new(Code::WrongIndex, span)
                    .message(format!("buffer `{name}` has {}, this is one index too many", dimensions(rank))),
            ),
            ty => self.refuse(Diagnostic::new(Code::WrongIndex, index.span).message(format!(
                "{} cannot be an index here: `{name}` has {}, of which {open} can still be indexed",
                ty.with_article(),
                dimensions(rank)
            ))),
        }
    }
}

fn dimensions(rank: usize) -> String {
    if rank == 1 { "one dimension".to_owned() } else { format!("{rank} dimensions") }
}

/// The component or swizzle of a vector, seen through another swizzle and through a vector put together from numbers.
pub(super) fn take(vector: Expression, components: &[u8], span: Span) -> Expression {
    let scalar = vector.ty.scalar();
    if let ([component], ExpressionKind::Compose(parts)) = (components, &vector.kind)
        && !scalar.is_integer()
        && parts.len() == usize::from(vector.ty.components())
    {
        return parts[usize::from(*component)].clone();
    }
    if let ExpressionKind::Swizzle { vector: inner, components: chosen } = vector.kind {
        let components: Vec<u8> =
            components.iter().map(|&component| chosen[usize::from(component)]).collect();
        return take(*inner, &components, span);
    }
    let vector = Box::new(vector);
    match *components {
        [component] => Expression::new(ExpressionKind::Component { vector, component }, Type::NUMBER, span),
        _ => {
            let ty = Type::Vector(components.len() as u8, scalar);
            Expression::new(ExpressionKind::Swizzle { vector, components: components.to_vec() }, ty, span)
        }
    }
}
