//! Where control goes: which blocks are left before their end.

use super::{Block, LabelId, Statement, StatementKind, TestPosition};

impl Block {
    /// Whether control can reach the end of the block.
    ///
    /// Conditions are taken to go either way, the literal `true` of an endless loop excepted.
    pub fn completes(&self) -> bool {
        self.0.iter().all(Statement::completes)
    }

    /// Whether a `Break` of `label` stands anywhere within.
    pub fn breaks(&self, label: LabelId) -> bool {
        self.contains(&|kind| *kind == StatementKind::Break(label))
    }

    /// Whether a `Continue` of `label` stands anywhere within.
    pub fn continues(&self, label: LabelId) -> bool {
        self.contains(&|kind| *kind == StatementKind::Continue(label))
    }

    /// Whether any statement of the block or of the blocks within is as `wanted` says.
    pub fn contains(&self, wanted: &impl Fn(&StatementKind) -> bool) -> bool {
        self.0.iter().any(|statement| statement.contains(wanted))
    }
}

impl Statement {
    /// Whether the statement or any within is as `wanted` says.
    pub fn contains(&self, wanted: &impl Fn(&StatementKind) -> bool) -> bool {
        wanted(&self.kind) || self.blocks().into_iter().any(|block| block.contains(wanted))
    }

    /// Whether control can reach the statement after this one.
    pub fn completes(&self) -> bool {
        use StatementKind as K;
        match &self.kind {
            K::Declare { .. } | K::Assign { .. } | K::Update { .. } => true,
            K::Evaluate(_) | K::SetPixel { .. } | K::Log { .. } => true,
            K::Break(_) | K::Continue(_) | K::Return(_) => false,
            K::If { accept, reject, .. } => accept.completes() || reject.completes(),
            K::Scope { label, body } => body.completes() || body.breaks(*label),
            K::Switch { label, cases, default, .. } => cases
                .iter()
                .map(|case| &case.body)
                .chain(std::iter::once(default))
                .any(|block| block.completes() || block.breaks(*label)),
            K::Loop { label, test, condition, body, .. } => {
                let ends = condition.as_ref().is_some_and(|condition| condition.as_bool() != Some(true));
                let tested = *test == TestPosition::First || body.completes() || body.continues(*label);
                ends && tested || body.breaks(*label)
            }
        }
    }
}
