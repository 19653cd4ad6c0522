//! Names for what is no value of the IR: parts of the kernel's parameter, buffers and their rows, functions. Nothing is computed for such a name: where
//! it stands, it means what it was declared to be.
//!
//! ```text
//! ({ threadId: { x }, buffers }) => { const { heat, next } = buffers, row = heat[x]; next[x][0] = row[0]; }
//! ```

use super::builder::{BindingKind, FunctionBuilder};
use super::functions::MOST_CALLERS;
use super::names::{each_name, named_member};
use super::records::Record;
use super::references::Reference;
use super::{Lowered, Lowerer, messages};
use crate::collections::Map;
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Expression, ExpressionKind, Type};
use crate::syntax::tree::{
    Expression as Syntax, Key, Pattern, PatternProperty, Statement, UnaryOperator, VariableDeclarator,
    VariableKind,
};

/// What declares a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    /// The kernel's parameter, or a constant that a function looks at: the kernel's functions see it too.
    ForAll,
    /// A declaration.
    Variable(VariableKind),
}

/// A variable declared at the top level of the kernel.
pub(super) struct KernelName<'a> {
    declarator: &'a VariableDeclarator<'a>,
    /// Whether functions may look at what it is: it is a constant, and not being looked at already.
    is_open: bool,
}

/// The variables that statements at the top level of the kernel declare.
pub(super) fn kernel_names<'a>(statements: &'a [Statement<'a>]) -> Map<&'a str, KernelName<'a>> {
    let mut names = Map::new();
    for statement in statements {
        let Statement::Variable(declaration) = statement else { continue };
        let is_open = declaration.kind == VariableKind::Const;
        for declarator in declaration.declarations {
            each_name(&declarator.id, &mut |identifier| {
                names.insert(identifier.name, KernelName { declarator, is_open });
            });
        }
    }
    names
}

impl<'a> Lowerer<'a> {
    /// Declares the names of a pattern for what `reference` means, or for its parts.
    pub(super) fn bind_pattern(
        &mut self,
        pattern: &'a Pattern<'a>,
        reference: Reference,
        declared: Declared,
    ) -> Lowered<()> {
        match pattern {
            Pattern::Identifier(identifier) => {
                let span = identifier.span;
                self.check_name(identifier.name, span)?;
                self.bind_name(identifier.name, reference, declared, span)
            }
            Pattern::Object(object) => {
                if let Some(span) = object.rest {
                    return self
                        .refuse(messages::unsupported("`...`", span).help("name each part that is used"));
                }
                let whole = self.read_once(reference)?;
                for property in object.properties {
                    if self.bind_property(property, whole.clone(), declared).is_err() {
                        self.poison(&property.value);
                    }
                }
                Ok(())
            }
            Pattern::Array(_) => {
                let span = pattern.span();
                self.refuse(
                    messages::unsupported("destructuring by position", span)
                        .help("name the elements one by one: `const first = values[0]`"),
                )
            }
            Pattern::Default(_) => {
                let span = pattern.span();
                self.refuse(
                    messages::unsupported("a default value in a pattern", span)
                        .help("leave it out: what an interface has is always there"),
                )
            }
        }
    }

    /// `name` or `name: pattern` in a pattern.
    fn bind_property(
        &mut self,
        property: &'a PatternProperty<'a>,
        whole: Reference,
        declared: Declared,
    ) -> Lowered<()> {
        let Key { span, name } = property.key;
        let Some(name) = name else {
            let diagnostic = messages::unsupported("a computed name in a pattern", span);
            return self.refuse(diagnostic.help("write the name itself"));
        };
        let part = self.member(whole, name, span, span)?;
        self.bind_pattern(&property.value, part, declared)
    }

    /// Remembers that the declaration of these names was refused, so that their uses are not.
    pub(super) fn poison(&mut self, pattern: &'a Pattern<'a>) {
        each_name(pattern, &mut |identifier| {
            let span = identifier.span;
            self.builder.bind(identifier.name, BindingKind::Poisoned, span);
        });
    }

    /// The reference; a vector is read, so that its parts are those of one value.
    fn read_once(&mut self, reference: Reference) -> Lowered<Reference> {
        let is_object = matches!(reference, Reference::Record(_));
        if is_object || self.is_no_value(&reference) || !self.type_of(&reference)?.is_vector() {
            return Ok(reference);
        }
        let value = self.read(reference)?;
        let is_cheap = matches!(value.kind, ExpressionKind::ThreadId | ExpressionKind::Uniform(_));
        Ok(Reference::Value(if is_cheap { value } else { self.duplicable(value) }))
    }

    fn bind_name(
        &mut self,
        name: &'a str,
        reference: Reference,
        declared: Declared,
        span: Span,
    ) -> Lowered<()> {
        let kind = match declared {
            Declared::ForAll => {
                self.parts.insert(name, reference);
                return Ok(());
            }
            Declared::Variable(kind) => kind,
        };
        if !self.is_no_value(&reference) {
            if let Reference::Record(record) = reference {
                return self.declare_object(name, record, kind, span);
            }
            let value = self.read(reference)?;
            return self.declare(name, Some(value), kind, span);
        }
        let kept = self.kept(reference);
        let alias = self.new_alias(kept);
        if kind != VariableKind::Var {
            self.builder.bind(name, alias, span);
            return Ok(());
        }
        // A `var` may be declared, and given a value, more than once: not one that is no value.
        match self.builder.lookup_in_function(name).map(|binding| binding.kind) {
            Some(BindingKind::Variable(local)) if self.builder.local_type(local).is_none() => {
                self.builder.bind_in_function(name, alias, span);
                Ok(())
            }
            _ => self.refuse(
                Diagnostic::new(Code::TypeMismatch, span)
                    .message(format!("`{name}` names something else already"))
                    .help("use `const`, or another name"),
            ),
        }
    }

    /// Whether a reference means what is no value, which names can stand for all the same.
    pub(super) fn is_no_value(&self, reference: &Reference) -> bool {
        match reference {
            Reference::Buffer { buffer, index, .. } => {
                index.len() < self.interface.buffers[*buffer].size.len()
            }
            Reference::Inputs(_)
            | Reference::Buffers(_)
            | Reference::Uniforms(_)
            | Reference::UniformArray { .. }
            | Reference::Table { .. }
            | Reference::Row { .. }
            | Reference::Canvas(_)
            | Reference::SetPixel(_)
            | Reference::Math(_)
            | Reference::MathFunction(..)
            | Reference::Atomics(_)
            | Reference::Atomic(..)
            | Reference::Console(_)
            | Reference::ConsoleLog(_)
            | Reference::Random(_)
            | Reference::Library(..)
            | Reference::Function(..) => true,
            Reference::Record(record) => {
                !record.is_object() && matches!(record.any_leaf(), Reference::Buffer { .. })
            }
            Reference::Value(_)
            | Reference::Local { .. }
            | Reference::Element { .. }
            | Reference::Component { .. }
            | Reference::Lane { .. }
            | Reference::Swizzle { .. } => false,
        }
    }

    /// The reference as it is to be kept: the indices of a row are those of now.
    pub(super) fn kept(&mut self, mut reference: Reference) -> Reference {
        if let Reference::Buffer { index, .. } | Reference::Record(Record { index, .. }) = &mut reference {
            index.iter_mut().for_each(|index| *index = self.stable("row", index.clone()));
        }
        if let Reference::Row { row, .. } = &mut reference {
            row.number = self.stable("row", row.number.clone());
        }
        reference
    }

    /// Declares a function's parameter that stands for what is no value. The indices of a row are passed as numbers.
    pub(super) fn bind_passed(&mut self, name: &'a str, part: Reference, span: Span) {
        let mut part = part.at(span);
        let parameter = |lowerer: &mut Self, ty| {
            let local = lowerer.builder.add_local(name, Some(ty), span);
            lowerer.builder.parameters.push(local);
            Expression::new(ExpressionKind::Local(local), ty, span)
        };
        match &mut part {
            Reference::Record(record) if record.is_object() => {
                record.each_value(&mut |value| *value = parameter(self, value.ty));
                part = part.in_variables();
            }
            Reference::Buffer { index, .. } | Reference::Record(Record { index, .. }) => {
                index.iter_mut().for_each(|index| *index = parameter(self, Type::NUMBER));
            }
            _ => {}
        }
        let alias = self.new_alias(part);
        self.builder.bind(name, alias, span);
    }

    pub(super) fn new_alias(&mut self, reference: Reference) -> BindingKind {
        self.aliases.push(reference);
        BindingKind::Alias(self.aliases.len() - 1)
    }

    /// What a name means that the kernel and its functions see.
    pub(super) fn part(&self, name: &str, span: Span) -> Option<Reference> {
        self.parts.get(name).map(|part| part.clone().at(span))
    }

    /// What a constant of the kernel means to its functions: a number as it is written, or a part of the inputs.
    pub(super) fn constant_of_kernel(&mut self, name: &str, span: Span) -> Option<Reference> {
        let declarator = self.kernel_names.get(name).filter(|known| known.is_open)?.declarator;
        let init = declarator.init.as_ref().filter(|init| is_written_out(init))?;
        if self.callers == MOST_CALLERS {
            return None;
        }
        self.set_open(declarator, false);
        self.callers += 1;
        // The function's own names are none of the kernel's. What is wrong is told at the declaration.
        let builder = std::mem::replace(&mut self.builder, FunctionBuilder::new(None));
        let diagnostics = self.diagnostics.clone();
        let lowered = self
            .lower_part(init)
            .and_then(|reference| self.bind_pattern(&declarator.id, reference, Declared::ForAll));
        let is_free = self.builder.mark() == 0 && self.diagnostics.len() == diagnostics.len();
        (self.builder, self.diagnostics) = (builder, diagnostics);
        self.callers -= 1;
        self.set_open(declarator, true);
        if lowered.is_err() || !is_free {
            each_name(&declarator.id, &mut |identifier| {
                self.parts.remove(identifier.name);
            });
        }
        self.part(name, span)
    }

    fn set_open(&mut self, declarator: &'a VariableDeclarator<'a>, is_open: bool) {
        each_name(&declarator.id, &mut |identifier| {
            if let Some(known) = self.kernel_names.get_mut(identifier.name) {
                known.is_open = is_open;
            }
        });
    }

    /// What an alias means, at this place.
    pub(super) fn alias(&self, alias: usize, span: Span) -> Reference {
        self.aliases[alias].clone().at(span)
    }

    /// Declares what the kernel's parameter names, as far as it is a pattern.
    pub(super) fn bind_parameter(&mut self, pattern: &'a Pattern<'a>) -> Lowered<()> {
        let span = pattern.span();
        self.bind_pattern(pattern, Reference::Inputs(span), Declared::ForAll)
    }
}

/// Whether an expression is a literal or a chain of names, which needs nothing that only the kernel's code knows.
fn is_written_out(expression: &Syntax<'_>) -> bool {
    let mut object = expression;
    while let Some((inner, ..)) = named_member(object) {
        object = inner;
    }
    match object {
        Syntax::Unary(unary) => {
            unary.operator == UnaryOperator::Negate && matches!(unary.argument, Syntax::Number(_))
        }
        Syntax::Number(_) | Syntax::Boolean(_) | Syntax::Identifier(_) => true,
        _ => false,
    }
}

impl Reference {
    /// Whether a function that is compiled for what this means is right for the other, too: the indices of rows may differ.
    pub(super) fn means_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Buffer { buffer, index, .. }, Self::Buffer { buffer: other, index: others, .. }) => {
                buffer == other && index.len() == others.len()
            }
            (Self::Record(one), Self::Record(other)) => one.means_like(other),
            (Self::UniformArray { uniform, .. }, Self::UniformArray { uniform: other, .. }) => {
                uniform == other
            }
            (Self::Table { table, .. }, Self::Table { table: other, .. }) => table == other,
            (Self::MathFunction(one, _), Self::MathFunction(other, _)) => one == other,
            (Self::Library(one, _), Self::Library(other, _)) => one == other,
            (Self::Function(one, _), Self::Function(other, _)) => one == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}
