//! Values that are taken apart by position: `const [a, b] = list`, `const [a, b] = [x, y]` and `[a, b] = [b, a]`.
//!
//! As in JavaScript all values are there before the first name or place gets one.

use super::aliases::Declared;
use super::references::Reference;
use super::{Lowered, Lowerer, messages};
use crate::diagnostics::{Code, Diagnostic, Span};
use crate::ir::Expression;
use crate::syntax::tree::{Array, ArrayPattern, Expression as Syntax, VariableKind};

impl<'a> Lowerer<'a> {
    /// `[name, pattern]`, of a list.
    pub(super) fn bind_by_position(
        &mut self,
        pattern: &'a ArrayPattern<'a>,
        list: Reference,
        declared: Declared,
    ) -> Lowered<()> {
        let elements = self.elements(list, pattern.elements.len(), pattern.span)?;
        self.bind_each(pattern, elements, declared)
    }

    /// `const [name, pattern] = [first, second]`: there need be no array.
    pub(super) fn declare_by_position(
        &mut self,
        pattern: &'a ArrayPattern<'a>,
        values: &'a Array<'a>,
        kind: VariableKind,
    ) -> Lowered<()> {
        let values = self.values_by_position(values, pattern.elements.len(), pattern.span)?;
        self.bind_each(pattern, values, Declared::Variable(kind))
    }

    /// `[a, b] = [b, a]` or `[a, b] = list`
    pub(super) fn assign_by_position(
        &mut self,
        targets: &'a Array<'a>,
        right: &'a Syntax<'a>,
    ) -> Lowered<()> {
        let count = targets.elements.len();
        let values = match right {
            Syntax::Array(values) => self.values_by_position(values, count, targets.span)?,
            list => {
                let list = self.lower_part(list)?;
                self.elements(list, count, targets.span)?
            }
        };
        for (target, value) in targets.elements.iter().zip(values) {
            let span = target.span();
            match self.lower_target(target)? {
                Reference::Record(object) => self.store_part(&Reference::Record(object), value, span)?,
                target => {
                    self.place(&target, span)?;
                    let value = self.read(value)?;
                    self.store(&target, value, span)?;
                }
            }
        }
        Ok(())
    }

    fn bind_each(
        &mut self,
        pattern: &'a ArrayPattern<'a>,
        values: Vec<Reference>,
        declared: Declared,
    ) -> Lowered<()> {
        for (pattern, value) in pattern.elements.iter().zip(values) {
            let Some(pattern) = pattern else { continue };
            if self.bind_pattern(pattern, value, declared).is_err() {
                self.poison(pattern);
            }
        }
        Ok(())
    }

    /// The first elements of a list, as they are now.
    fn elements(&mut self, list: Reference, count: usize, span: Span) -> Lowered<Vec<Reference>> {
        if self.length_value(&list, span).is_none() {
            let what = self.describe(&list);
            return self.refuse(
                Diagnostic::new(Code::TypeMismatch, span)
                    .message(format!("{what} has no elements that could be named by position"))
                    .help("write a list of as many values, or an array, a buffer or one of its rows"),
            );
        }
        if let Some(length) = self.length_of(&list).filter(|&length| (length as usize) < count) {
            return self.refuse(too_few(length as usize, count, span));
        }
        let element = |position: usize| {
            let index = Expression::number(position as f64, span);
            let element = self.index(list.clone(), index, span)?;
            self.held(element)
        };
        (0..count).map(element).collect()
    }

    /// The values of a list that is written out.
    fn values_by_position(
        &mut self,
        list: &'a Array<'a>,
        count: usize,
        span: Span,
    ) -> Lowered<Vec<Reference>> {
        if list.elements.len() < count {
            return self.refuse(too_few(list.elements.len(), count, span));
        }
        let elements = self.array_elements(list)?;
        let values = self.in_order(&elements, Self::lower_part, Self::pin_reference)?;
        values.into_iter().map(|value| self.held(value)).collect()
    }

    /// A value that later statements do not change; what is none stays what it is.
    fn held(&mut self, reference: Reference) -> Lowered<Reference> {
        if self.is_no_value(&reference) {
            return Ok(self.kept(reference));
        }
        if let Reference::Record(_) = reference {
            return Ok(self.stored_in_temporaries(reference));
        }
        let value = self.read(reference)?;
        Ok(Reference::Value(self.stable("value", value)))
    }
}

fn too_few(given: usize, wanted: usize, span: Span) -> Diagnostic {
    messages::unsupported("`undefined`", span)
        .note(format!("{wanted} elements are named, and there are {given}"))
        .help("name as many as there are")
}
