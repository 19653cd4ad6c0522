//! What can be stored to, and how the indices of a place keep their values.

use super::constants::is_literal;
use super::references::Reference;
use super::{Lowered, Lowerer};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{Expression, ExpressionKind, Place};

impl Lowerer<'_> {
    /// Where a reference stores; refuses what cannot be assigned.
    pub(super) fn place(&mut self, reference: &Reference, span: Span) -> Lowered<Place> {
        match reference {
            Reference::Local { local, constant: false, .. } => Ok(Place::Local(*local)),
            Reference::Element { array, constant: false, index, .. } => {
                Ok(Place::Element { array: *array, index: index.clone(), component: None })
            }
            Reference::Buffer { buffer, index, .. } => {
                self.type_of(reference)?;
                self.builder.effects.writes = true;
                Ok(Place::Buffer { buffer: *buffer, index: index.clone(), component: None })
            }
            Reference::Component { base, component, .. } => {
                let component = *component;
                Ok(match self.place(base, span)? {
                    Place::Local(local) => Place::Component { local, component },
                    Place::Element { array, index, .. } => {
                        Place::Element { array, index, component: Some(component) }
                    }
                    Place::Buffer { buffer, index, .. } => {
                        Place::Buffer { buffer, index, component: Some(component) }
                    }
                    place @ Place::Component { .. } => place,
                })
            }
            Reference::Swizzle { base, .. } | Reference::Lane { base, .. } => self.place(base, span),
            Reference::Local { local, .. } | Reference::Element { array: local, .. } => {
                let name = self.builder.local_name(*local).to_owned();
                // A field of an object.
                let object = name.split_once('.').map(|(object, _)| object);
                let variable = object.unwrap_or(&name);
                let declared = self.builder.lookup(variable).map(|binding| binding.span);
                if self.builder.is_literal(*local) {
                    return self.refuse(constant_array(span));
                }
                let mut diagnostic = Diagnostic::new(Code::NotAssignable, span)
                    .message(format!("`{variable}` is a constant and cannot be changed"))
                    .help(format!("declare it with `let {variable} = …`"));
                if object.is_some() {
                    diagnostic = diagnostic.note("it is a copy: what is assigned to it goes to no buffer").help(
                        "to change an object in a buffer, write there: `inputs.buffers.name[i].field = …`",
                    );
                }
                if let Some(declared) = declared {
                    diagnostic = diagnostic.and_label(declared, "declared here");
                }
                self.refuse(diagnostic)
            }
            Reference::Value(value) => {
                let diagnostic = match root(value).kind {
                    ExpressionKind::Uniform(_) | ExpressionKind::UniformElement { .. } => {
                        Diagnostic::new(Code::NotAssignable, span)
                            .message("a kernel cannot change uniforms")
                            .note("all threads of a run see the same values")
                            .help("change them from the host with `setUniforms`, or write to a buffer")
                    }
                    ExpressionKind::ThreadId => Diagnostic::new(Code::NotAssignable, span)
                        .message("the thread id cannot be changed")
                        .help("copy it into a variable first"),
                    _ if is_literal(value) => constant_array(span),
                    _ => Diagnostic::new(Code::NotAssignable, span)
                        .message("this cannot be assigned")
                        .note("variables, array and buffer elements and their components can be assigned"),
                };
                self.refuse(diagnostic)
            }
            other => {
                let diagnostic = Diagnostic::new(Code::NotAssignable, span);
                self.refuse(diagnostic.message(format!("{} cannot be assigned", self.describe(other))))
            }
        }
    }

    /// Makes sure that the indices of a reference keep the values they had at `mark`.
    pub(super) fn pin_reference(&mut self, reference: &mut Reference, mark: &mut usize) {
        match reference {
            Reference::Value(value) => self.builder.pin(value, mark),
            Reference::Element { index, .. } => self.builder.pin(index, mark),
            Reference::Buffer { index, .. } => {
                for index in index {
                    self.builder.pin(index, mark);
                }
            }
            Reference::Record(record) => {
                record.index.iter_mut().for_each(|index| self.builder.pin(index, mark));
                record.each_value(&mut |value| self.builder.pin(value, mark));
            }
            Reference::Component { base, .. } | Reference::Swizzle { base, .. } => {
                self.pin_reference(base, mark)
            }
            Reference::Row { row, .. } => self.builder.pin(&mut row.number, mark),
            Reference::Lane { base, index, .. } => {
                self.pin_reference(base, mark);
                self.builder.pin(index, mark);
            }
            _ => {}
        }
    }

    /// Makes the indices of a reference cheap enough to be evaluated twice.
    pub(super) fn share_indices(&mut self, reference: &mut Reference) {
        match reference {
            Reference::Element { index, .. } => *index = self.duplicable(index.clone()),
            Reference::Buffer { index, .. } => {
                for index in index {
                    *index = self.duplicable(index.clone());
                }
            }
            Reference::Record(record) => {
                record.index.iter_mut().for_each(|index| *index = self.duplicable(index.clone()));
            }
            Reference::Component { base, .. } | Reference::Swizzle { base, .. } => self.share_indices(base),
            Reference::Lane { base, index, .. } => {
                self.share_indices(base);
                *index = self.duplicable(index.clone());
            }
            _ => {}
        }
    }

    /// The value itself if it costs nothing to compute twice, else a temporary that holds it.
    pub(super) fn duplicable(&mut self, value: Expression) -> Expression {
        fn is_trivial(value: &Expression) -> bool {
            match &value.kind {
                ExpressionKind::Local(_)
                | ExpressionKind::Literal(_)
                | ExpressionKind::ThreadId
                | ExpressionKind::Uniform(_) => true,
                ExpressionKind::Component { vector, .. } | ExpressionKind::Swizzle { vector, .. } => {
                    is_trivial(vector)
                }
                ExpressionKind::Compose(parts) => parts.iter().all(is_trivial),
                _ => false,
            }
        }
        if is_trivial(&value) { value } else { self.builder.temporary("index", value) }
    }
}

fn constant_array(span: Span) -> Diagnostic {
    Diagnostic::new(Code::NotAssignable, span)
        .message("this is a constant and cannot be changed")
        .note("constants are what is handed in, what is written where it is indexed, and lengths")
        .help("declare a variable in the kernel: `let list = array([1, 2, 3])`")
}

/// What a chain of components starts from.
fn root(value: &Expression) -> &Expression {
    match &value.kind {
        ExpressionKind::Component { vector, .. } | ExpressionKind::Swizzle { vector, .. } => root(vector),
        _ => value,
    }
}
