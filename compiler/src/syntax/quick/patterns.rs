//! What declarations and parameters name: a name, or the parts of what they take apart.

use oxc_allocator::ArenaVec;
use oxc_ast::ast::{BindingPattern, BindingProperty, PropertyKey};

use super::Parser;

impl<'a> Parser<'a> {
    /// A name or `{ name, other: pattern }`, without default values.
    pub(super) fn pattern(&mut self) -> Option<BindingPattern<'a>> {
        if !self.at("{") {
            let (span, name) = self.name()?;
            return Some(BindingPattern::new_binding_identifier(span, name, &self.ast));
        }
        self.descend()?;
        let start = self.token.span().start;
        self.advance()?;
        let mut properties = ArenaVec::new_in(&self.ast);
        while !self.eat("}")? {
            properties.push(self.property()?);
            self.separator("}")?;
        }
        self.depth -= 1;
        Some(BindingPattern::new_object_pattern(self.span_from(start), properties, None, &self.ast))
    }

    /// `name` or `name: pattern`.
    fn property(&mut self) -> Option<BindingProperty<'a>> {
        let is_short = !self.is_before(":");
        let (span, name) = if is_short { self.name()? } else { self.word()? };
        let key = PropertyKey::new_static_identifier(span, name, &self.ast);
        let value = if is_short {
            BindingPattern::new_binding_identifier(span, name, &self.ast)
        } else {
            self.expect(":")?;
            self.pattern()?
        };
        Some(BindingProperty::new(self.span_from(span.start), key, value, is_short, false, &self.ast))
    }
}
