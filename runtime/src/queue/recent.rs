//! How the latest runs are computed: runs are often the same, and looking at their conditions takes longer than all the rest of planning.
//!
//! It belongs to whoever plans, and not to kernels, whose memory callers write to at the same time.

use std::ptr;
use std::sync::{Arc, Weak};

use super::command::Compiled;
use crate::backend::Capabilities;
use crate::grid::{self, Choice};
use crate::uniforms::Numbers;

/// So many runs that differ are remembered: more than most programs repeat, and few enough to look through.
const MOST: usize = 8;

/// The latest runs.
#[derive(Debug, Default)]
pub(super) struct Recent {
    runs: Vec<Run>,
    /// Which one makes room for the next.
    oldest: usize,
}

/// What is held of a run keeps its place, so that no other comes to lie there.
#[derive(Debug)]
struct Run {
    kernel: Weak<Compiled>,
    extents: [u32; 3],
    uniforms: Weak<Vec<Numbers>>,
    choice: Choice,
}

impl Recent {
    /// How a run is computed.
    pub(super) fn choose(
        &mut self,
        kernel: &Arc<Compiled>,
        extents: [u32; 3],
        uniforms: &Arc<Vec<Numbers>>,
        capabilities: &Capabilities,
    ) -> Choice {
        let is_same = |run: &&Run| {
            ptr::eq(run.kernel.as_ptr(), Arc::as_ptr(kernel))
                && ptr::eq(run.uniforms.as_ptr(), Arc::as_ptr(uniforms))
                && run.extents == extents
        };
        if let Some(run) = self.runs.iter().find(is_same) {
            return run.choice;
        }
        let choice = grid::choose(&kernel.artifact, extents, uniforms, capabilities);
        let (kernel, uniforms) = (Arc::downgrade(kernel), Arc::downgrade(uniforms));
        self.keep(Run { kernel, extents, uniforms, choice });
        choice
    }

    fn keep(&mut self, run: Run) {
        match self.runs.get_mut(self.oldest) {
            Some(oldest) => *oldest = run,
            None => self.runs.push(run),
        }
        self.oldest = (self.oldest + 1) % MOST;
    }
}

#[cfg(test)]
mod tests {
    use artifact::{Conditions, UniformPart};

    use super::super::tests::{kernel, uniforms};
    use super::*;
    use crate::grid::Text;

    /// A kernel with another text for fractions.
    fn of_integers() -> Arc<Compiled> {
        let mut compiled = Arc::into_inner(kernel()).unwrap();
        let artifact = Arc::get_mut(&mut compiled.artifact).unwrap();
        let integers = vec![UniformPart { uniform: 0, component: None }];
        artifact.common = Conditions { integers, ..Conditions::default() };
        Arc::new(compiled)
    }

    #[test]
    fn runs_that_differ_are_not_taken_for_each_other() {
        let capabilities = Capabilities::unlimited();
        let mut recent = Recent::default();
        let kernels = [of_integers(), kernel()];
        let values: Vec<_> = (0..7).map(|value| uniforms(value as f32 / 2.0)).collect();
        // Many more than are remembered, twice each, and again and again.
        for turn in 0..200_usize {
            let (kernel, value) = (&kernels[turn % 2], turn / 2 % values.len());
            let extents = [1 + turn as u32 % 3, 1, 1];
            for _ in 0..2 {
                let choice = recent.choose(kernel, extents, &values[value], &capabilities);
                assert_eq!(choice, grid::choose(&kernel.artifact, extents, &values[value], &capabilities));
                let is_general = turn % 2 == 0 && value % 2 == 1;
                assert_eq!(choice.variant.text == Text::General, is_general);
            }
        }
        assert_eq!(recent.runs.len(), MOST);
    }

    #[test]
    fn uniforms_in_the_place_of_others_are_looked_at() {
        let capabilities = Capabilities::unlimited();
        let (mut recent, kernel) = (Recent::default(), of_integers());
        for turn in 0..100 {
            // Dropped each time, so that the next ones would lie there.
            let uniforms = uniforms(turn as f32 / 2.0);
            let choice = recent.choose(&kernel, [1; 3], &uniforms, &capabilities);
            assert_eq!(choice.variant.text == Text::General, turn % 2 == 1);
        }
    }
}
