//! What declarations and parameters name: a name, or the parts of what they take apart.

use super::Parser;
use crate::syntax::tree::{Key, ObjectPattern, Pattern, PatternProperty};

impl<'a> Parser<'a> {
    /// A name or `{ name, other: pattern }`, without default values.
    pub(super) fn pattern(&mut self) -> Option<Pattern<'a>> {
        if !self.at("{") {
            return self.name().map(|name| Pattern::Identifier(self.alloc(name)));
        }
        self.descend()?;
        let start = self.token.span().start;
        self.advance()?;
        let mut properties = Vec::new();
        while !self.eat("}")? {
            properties.push(self.property()?);
            self.separator("}")?;
        }
        self.depth -= 1;
        let (span, properties) = (self.span_from(start), self.list(&properties));
        Some(Pattern::Object(self.alloc(ObjectPattern { span, properties, rest: None })))
    }

    /// `name` or `name: pattern`.
    fn property(&mut self) -> Option<PatternProperty<'a>> {
        let is_short = !self.is_before(":");
        let name = if is_short { self.name()? } else { self.word()? };
        let key = Key { span: name.span, name: Some(name.name) };
        if is_short {
            return Some(PatternProperty { key, value: Pattern::Identifier(self.alloc(name)) });
        }
        self.expect(":")?;
        Some(PatternProperty { key, value: self.pattern()? })
    }
}
