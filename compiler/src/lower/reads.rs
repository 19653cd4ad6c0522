//! What a reference reads: its type, its value, and what messages call it.

use super::references::{Reference, take};
use super::{Lowered, Lowerer};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{Expression, ExpressionKind, Type};

impl Lowerer<'_> {
    /// The type of what a reference reads.
    pub(super) fn type_of(&mut self, reference: &Reference) -> Lowered<Type> {
        match reference {
            Reference::Value(value) => Ok(value.ty),
            Reference::Local { local, span, .. } => match self.builder.local_type(*local) {
                Some(ty) => Ok(ty),
                None if let Some(ty) = self.guessed_type(self.builder.local_name(*local)) => {
                    self.builder.set_type(*local, ty);
                    Ok(ty)
                }
                None => {
                    let diagnostic = Diagnostic::new(Code::UnknownType, *span);
                    let name = self.builder.local_name(*local).to_owned();
                    self.refuse(
                        diagnostic
                            .message(format!("the type of `{name}` is not known here"))
                            .note(
                                "it was declared without a value, and nothing has been assigned to it above this place",
                            )
                            .help(format!("give it a first value: `let {name} = 0`")),
                    )
                }
            },
            Reference::Element { array, .. } => {
                Ok(self.builder.local_type(*array).and_then(Type::element).unwrap_or(Type::NUMBER))
            }
            Reference::Buffer { buffer, index, span } => {
                let description = &self.interface.buffers[*buffer];
                let (name, rank) = (description.name.clone(), description.size.len());
                if index.len() == rank {
                    return Ok(description.element.into());
                }
                let indices = ["[i]", "[i][j]", "[i][j][k]"][rank - 1];
                self.refuse(if index.is_empty() {
                    Diagnostic::new(Code::NotAValue, *span)
                        .message(format!("buffer `{name}` itself is not a value"))
                        .note("nothing can be computed of a buffer, and functions can get one but not return it")
                        .help(format!("name an element, `{name}{indices}`, or its extents, `dim(…)`"))
                } else {
                    Diagnostic::new(Code::WrongIndex, *span)
                        .message(format!(
                            "buffer `{name}` has {rank} dimensions, but {} index was given",
                            index.len()
                        ))
                        .help(format!("write `{name}{indices}`"))
                })
            }
            Reference::Record(record) => self.no_value(record),
            Reference::Component { .. } | Reference::Lane { .. } => Ok(Type::NUMBER),
            Reference::Swizzle { base, components, .. } => {
                let scalar = self.type_of(base)?.scalar();
                Ok(Type::Vector(components.len() as u8, scalar))
            }
            Reference::UniformArray { uniform, span } => {
                let (name, ty) =
                    (&self.interface.uniforms[*uniform].name, self.interface.uniforms[*uniform].ty);
                let diagnostic = Diagnostic::new(Code::NotAValue, *span)
                    .message(format!("the uniform `{name}`, an {}, is not a value itself", ty.name()))
                    .note("nothing can be computed of it, and functions can get it but not return it")
                    .help(format!("name an element, `{name}[i]`, or its length, `dim(…)`"));
                self.refuse(diagnostic)
            }
            other => {
                let diagnostic = Diagnostic::new(Code::NotAValue, *other.clone().span_mut());
                self.refuse(
                    diagnostic
                        .message(format!("{} is not a value", self.describe(other)))
                        .note("nothing can be computed of it, and functions can get it but not return it"),
                )
            }
        }
    }

    /// How a message calls something that is not a value.
    pub(super) fn describe(&self, reference: &Reference) -> String {
        let inputs = &self.inputs;
        match reference {
            Reference::Inputs(_) => format!("`{inputs}`"),
            Reference::Buffers(_) => format!("`{inputs}.buffers`"),
            Reference::Uniforms(_) => format!("`{inputs}.uniforms`"),
            Reference::Canvas(_) => format!("`{inputs}.canvas`"),
            Reference::Math(_) => "`Math`".to_owned(),
            Reference::SetPixel(_) => "the function `setPixel`".to_owned(),
            Reference::Random(_) => "the function `Math.random`".to_owned(),
            Reference::MathFunction(builtin, _) => format!("the function `Math.{}`", builtin.name()),
            Reference::Library(_, span) => format!("the library's `{}`", self.text(*span)),
            Reference::Atomics(_) => "`Atomics`".to_owned(),
            Reference::Atomic(atomic, _) => format!("the function `Atomics.{}`", atomic.name()),
            Reference::Record(_) => "an object".to_owned(),
            Reference::Row { row, .. } => format!("a row of `{}`", self.builder.local_name(row.array)),
            Reference::Table { table, .. } => {
                format!("the constant `{}`, an array,", self.tables[*table].name)
            }
            Reference::Function(function, _) => format!("the function `{}`", self.functions[*function].name),
            Reference::Value(_)
            | Reference::Local { .. }
            | Reference::Element { .. }
            | Reference::Buffer { .. }
            | Reference::UniformArray { .. }
            | Reference::Component { .. }
            | Reference::Lane { .. }
            | Reference::Swizzle { .. } => "this".to_owned(),
        }
    }

    /// Reads what a reference refers to.
    pub(super) fn read(&mut self, reference: Reference) -> Lowered<Expression> {
        let ty = self.type_of(&reference)?;
        Ok(match reference {
            Reference::Local { local, span, .. } => Expression::new(ExpressionKind::Local(local), ty, span),
            Reference::Element { array, index, span, .. } => {
                Expression::new(ExpressionKind::Element { array, index: Box::new(index) }, ty, span)
            }
            Reference::Buffer { buffer, index, span } => {
                self.builder.effects.reads = true;
                Expression::new(ExpressionKind::Load { buffer, index }, ty, span)
            }
            Reference::Component { base, component, span } => take(self.read(*base)?, &[component], span),
            Reference::Swizzle { base, components, span } => take(self.read(*base)?, &components, span),
            Reference::Lane { base, index, span } => self.read_lane(*base, &index, span)?,
            Reference::Value(value) => value,
            _ => unreachable!("type_of refuses what is not a value"),
        })
    }
}
