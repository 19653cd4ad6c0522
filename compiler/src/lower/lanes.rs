//! `vector[index]` where the index is not known: the components are chosen from one after the other. An index is rounded down; outside, reading
//! gives 0 and writing does nothing.

use super::expressions::{binary, compare};
use super::references::{Reference, take};
use super::{Lowered, Lowerer};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::{BinaryOp, Block, Expression, ExpressionKind, Type};

impl Lowerer<'_> {
    /// `object[index]` of a vector.
    pub(super) fn lane(&mut self, object: Reference, index: Expression, span: Span) -> Lowered<Reference> {
        if !index.ty.is_number() {
            return self.refuse(
                Diagnostic::new(Code::WrongIndex, index.span)
                    .message(format!("a vector is indexed by a number, not {}", index.ty.with_article()))
                    .help("components are called x, y, z, w, or 0, 1, 2, 3"),
            );
        }
        let size = self.type_of(&object)?.components();
        let known = self.constant_value(&index).filter(|&index| index >= 0.0 && index < f64::from(size));
        let Some(component) = known.map(|index| index as u8) else {
            let index = self.duplicable(index);
            return Ok(Reference::Lane { base: Box::new(object), index, span });
        };
        Ok(match object {
            Reference::Value(vector) => Reference::Value(take(vector, &[component], span)),
            Reference::Swizzle { base, components, .. } => {
                Reference::Component { base, component: components[usize::from(component)], span }
            }
            base => Reference::Component { base: Box::new(base), component, span },
        })
    }

    /// Reads `base[index]`.
    pub(super) fn read_lane(
        &mut self,
        base: Reference,
        index: &Expression,
        span: Span,
    ) -> Lowered<Expression> {
        let vector = self.read(base)?;
        let vector = self.duplicable(vector);
        let size = vector.ty.components();
        let mut value = Expression::number(0.0, span);
        for component in (0..size).rev() {
            let kind = ExpressionKind::Select {
                condition: Box::new(is_below(index, component + 1)),
                accept: Box::new(take(vector.clone(), &[component], span)),
                reject: Box::new(value),
            };
            value = Expression::new(kind, Type::NUMBER, span);
        }
        let kind = ExpressionKind::Select {
            condition: Box::new(is_below(index, 0)),
            accept: Box::new(Expression::number(0.0, span)),
            reject: Box::new(value),
        };
        Ok(Expression::new(kind, Type::NUMBER, span))
    }

    /// Stores into `base[index]`.
    pub(super) fn store_lane(
        &mut self,
        base: &Reference,
        index: &Expression,
        value: Expression,
        span: Span,
    ) -> Lowered<()> {
        let mut base = base.clone();
        self.share_indices(&mut base);
        let value = self.duplicable(value);
        let size = self.type_of(&base)?.components();
        for component in 0..size {
            self.builder.open_block();
            let part = match &base {
                Reference::Swizzle { base, components, .. } => {
                    let component = components[usize::from(component)];
                    Reference::Component { base: base.clone(), component, span }
                }
                base => Reference::Component { base: Box::new(base.clone()), component, span },
            };
            let stored = self.store(&part, value.clone(), span);
            let block = self.builder.close_block();
            stored?;
            let zero = Expression::number(f64::from(component), span);
            let is_from = compare(BinaryOp::GreaterEqual, index.clone(), zero);
            let is_it = binary(BinaryOp::And, is_from, is_below(index, component + 1), Type::BOOL, span);
            self.push_if(is_it, block, Block::default(), span);
        }
        Ok(())
    }
}

fn is_below(index: &Expression, limit: u8) -> Expression {
    compare(BinaryOp::Less, index.clone(), Expression::number(f64::from(limit), index.span))
}
