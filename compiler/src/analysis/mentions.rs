//! How often each local of a function is named, so that one can tell in the time of a glance where all its uses are.

use crate::ir::{Function, LocalId, Statement};

/// How often each local is read, declared or set.
#[derive(Clone, Debug)]
pub struct Mentions(Vec<u32>);

impl Mentions {
    /// Counts the mentions in a function.
    pub fn of(function: &Function) -> Self {
        let mut counts = vec![0; function.locals.len()];
        for statement in &function.body.0 {
            statement.locals(&mut |local| counts[local.0 as usize] += 1);
        }
        Self(counts)
    }

    /// How often a local is named in all of the function.
    pub fn count(&self, local: LocalId) -> u32 {
        self.0[local.0 as usize]
    }

    /// Whether nothing but these statements names a local.
    pub fn are_in(&self, statements: &[Statement], local: LocalId) -> bool {
        let mut count = 0;
        for statement in statements {
            statement.locals(&mut |named| count += u32::from(named == local));
        }
        count == self.count(local)
    }
}
