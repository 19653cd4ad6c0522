//! What was seen of all kernels.

use std::fmt;

use crate::compare::Compared;

/// So many of each.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) kernels: usize,
    /// Kernels that were not run, as the driver would take long.
    pub(crate) left_out: usize,
    /// Kernels that failed; the others do not count them.
    pub(crate) failed: u32,
    pub(crate) runs: usize,
    pub(crate) compared: Compared,
    /// Kernels that the interpreter was asked about.
    pub(crate) interpreted: usize,
    /// Loops in the common texts of these.
    pub(crate) loops: usize,
    /// Loops that provably end.
    pub(crate) proved: usize,
    /// Kernels of which some runs took one text, and others the other.
    pub(crate) two_texts: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.kernels += other.kernels;
        self.left_out += other.left_out;
        self.failed += other.failed;
        self.runs += other.runs;
        self.compared.exactly += other.compared.exactly;
        self.compared.nearly += other.compared.nearly;
        self.interpreted += other.interpreted;
        self.loops += other.loops;
        self.proved += other.proved;
        self.two_texts += other.two_texts;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kernels, left_out, failed, runs, compared, interpreted, loops, proved, two_texts } = self;
        let Compared { exactly, nearly } = compared;
        write!(
            formatter,
            "{kernels} kernels were judged in {runs} runs, {failed} others failed, {left_out} wide ones were left out; {exactly} results compared exactly, {nearly} nearly; \
             {two_texts} kernels took two texts; {interpreted} kernels were interpreted too, with {proved} of {loops} loops proved to end"
        )
    }
}
