//! `if` with any number of `else if`, as blocks that are nested no deeper than a few levels.
//!
//! ```text
//! if (a) A; else if (b) B; … else if (y) Y; else if (z) Z;
//! ⇒
//! let rest = false;
//! if (a) A; else if (b) B; … else if (y) Y; else rest = true;
//! if (rest) { rest = false; if (z) Z; }
//! ```
//!
//! Where control leaves each of the bodies so far, what follows needs no `rest`: nothing else gets there.

use super::{Lowered, Lowerer};
use crate::diagnostics::Span;
use crate::ir::{Block, Expression, ExpressionKind, LocalId, Place, StatementKind, Type};
use crate::syntax::tree::{If, Statement};

/// How many conditions stand in one another.
pub(super) const MOST_NESTED: usize = 32;

/// One condition of a chain and what is done if it holds.
struct Link {
    condition: Lowered<Expression>,
    accept: Block,
    span: Span,
}

impl<'a> Lowerer<'a> {
    pub(super) fn lower_if(&mut self, branch: &'a If<'a>, span: Span) -> Lowered<()> {
        let rest = is_long(branch).then(|| {
            let rest = self.builder.add_temporary("rest", Type::BOOL, span);
            let value = Some(Expression::bool(false, span));
            self.builder.push(StatementKind::Declare { local: rest, value }, span);
            rest
        });
        let mut lowered = Ok(());
        let mut is_gated = false;
        let mut next = Some((branch, span));
        while let Some((branch, span)) = next {
            let (following, leaves) = self.lower_links(branch, span, rest, &mut lowered);
            next = following;
            // What is gated ends where control may come back from a body.
            if is_gated && (next.is_none() || !leaves) {
                let accept = self.builder.close_block();
                self.push_gated(rest, accept, span);
                is_gated = false;
            }
            if next.is_some() && !leaves {
                self.builder.open_block();
                self.push_rest(rest, false, span);
                is_gated = true;
            }
        }
        lowered
    }

    /// Lowers the first links of a chain. Gives what follows them, and whether control leaves each of their bodies.
    fn lower_links(
        &mut self,
        branch: &'a If<'a>,
        span: Span,
        rest: Option<LocalId>,
        lowered: &mut Lowered<()>,
    ) -> (Option<(&'a If<'a>, Span)>, bool) {
        let (mut links, mut leaves) = (Vec::new(), true);
        let mut next = Some((branch, span));
        let mut last = None;
        while let Some((branch, span)) = next.take_if(|_| links.len() < MOST_NESTED) {
            if !links.is_empty() {
                self.builder.open_block();
                self.builder.open_scope();
            }
            let condition = self.lower_condition(&branch.test);
            let accept = self.lower_inner(&branch.consequent);
            leaves &= !accept.completes();
            links.push(Link { condition, accept, span });
            match &branch.alternate {
                Some(Statement::If(inner)) => next = Some((&**inner, inner.span)),
                alternate => last = alternate.as_ref(),
            }
        }
        let mut reject = last.map(|alternate| self.lower_inner(alternate)).unwrap_or_default();
        if let Some((_, span)) = next
            && !leaves
        {
            self.builder.open_block();
            self.push_rest(rest, true, span);
            reject = self.builder.close_block();
        }
        while let Some(Link { condition, accept, span }) = links.pop() {
            match condition {
                Ok(condition) => self.push_if(condition, accept, std::mem::take(&mut reject), span),
                Err(reported) => *lowered = Err(reported),
            }
            if !links.is_empty() {
                self.builder.close_scope();
                reject = self.builder.close_block();
            }
        }
        (next, leaves)
    }

    fn push_rest(&mut self, rest: Option<LocalId>, value: bool, span: Span) {
        let Some(rest) = rest else { return };
        let value = Expression::bool(value, span);
        self.builder.push(StatementKind::Assign { place: Place::Local(rest), value }, span);
    }

    fn push_gated(&mut self, rest: Option<LocalId>, accept: Block, span: Span) {
        let Some(rest) = rest else { return };
        let condition = Expression::new(ExpressionKind::Local(rest), Type::BOOL, span);
        self.builder.push(StatementKind::If { condition, accept, reject: Block::default() }, span);
    }
}

/// Whether a chain has more conditions than may stand in one another.
fn is_long(branch: &If<'_>) -> bool {
    let (mut count, mut next) = (1, branch);
    while let Some(Statement::If(inner)) = &next.alternate {
        count += 1;
        next = inner;
    }
    count > MOST_NESTED
}
