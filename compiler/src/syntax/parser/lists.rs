//! Lists in brackets, and what is skipped in brackets.

use super::super::lexer::TokenKind;
use super::Parser;
use super::look::Bracket;
use crate::diagnostics::Span;
use crate::syntax::messages::{self, Parsed};

impl Parser<'_> {
    /// Parts up to a bracket, with commas between them; one may stand behind the last.
    pub(super) fn in_list(
        &mut self,
        close: &str,
        open: Span,
        mut part: impl FnMut(&mut Self) -> Parsed<()>,
    ) -> Parsed<()> {
        let context = std::mem::take(&mut self.context);
        while !self.eat(close)? {
            part(self)?;
            if !self.eat(",")? && !self.at(close) {
                let expected = format!("`,` or `{close}`");
                return Err(messages::not_closed(&expected, close, open, &self.token()));
            }
        }
        self.context = context;
        Ok(())
    }

    /// Skips the bracket at hand, all that stands in it and its end.
    pub(super) fn skip_brackets(&mut self) -> Parsed<()> {
        let open = self.token();
        let mut skim = self.skim();
        loop {
            let token = skim.next()?;
            if token.kind == TokenKind::End {
                let close = Bracket::of(open.text).close();
                return Err(messages::not_closed(&format!("`{close}`"), close, open.span(), &token));
            }
            if skim.is_closed() {
                self.place.lexer = skim.lexer;
                self.place.token = token;
                return self.advance();
            }
        }
    }
}
