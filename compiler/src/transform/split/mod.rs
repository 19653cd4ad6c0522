//! Kernels over buffers of which each rank of a job holds a part.
//!
//! A kernel is written for whole buffers, and lowered for them. This pass makes of it the kernel of one rank, which is the same text for all
//! ranks: thread ids count from the rank's *origin*, a uniform, and indices of split buffers are taken to where the element lies in
//! the part, which has its rank's own elements in the middle and *halos*, copies of what neighbours own, on both sides.
//!
//! - **Threads go with elements.** Where all elements of split buffers that a kernel writes are those of its thread ids, each rank runs the
//!   threads of the elements that it owns. Otherwise all ranks run all threads along that dimension, and each keeps what it owns.
//! - **An index `threadId.x + k`** is `k` plus the halo's width in the part, without the origin: it is as cheap, and as easily proved to be in
//!   range, as it is in the whole buffer.
//! - **Any other index** is computed as in the whole buffer, and the origin is subtracted.
//! - **Out of the whole buffer** is out of range (K4), also where a periodic halo lies.
//!
//! What a kernel certainly reads beyond a halo is refused; what else it does can be reported when it runs.

mod index;
mod report;
mod rewrite;
mod share;
#[cfg(test)]
mod tests;

use artifact::Interface;

use crate::analysis::definitions::Definitions;
use crate::analysis::inputs::{Granted, Inputs};
use crate::analysis::ranges::Facts;
use crate::analysis::value::Value;
use crate::diagnostics::Result;
use crate::ir::Kernel;

/// How the buffers of an interface are split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// What a rank has: its parts of the buffers, which are of one size on all ranks, and some uniforms more.
    pub local: Interface,
    /// The dimensions that are split, the first three of a buffer.
    pub axes: [Option<SplitAxis>; 3],
    /// How wide the halo of each buffer is; none for those of which each rank has the whole.
    pub halos: Vec<Option<u32>>,
    /// Which of its threads a rank runs.
    pub start: Start,
    /// The buffer of [`Split::local`], of integers, in which a kernel notes what it reads beyond a halo, if it is to: an element for each of its
    /// buffers, in which that element's place is counted from 1 on, row by row.
    pub reports: Option<usize>,
}

/// A dimension that is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitAxis {
    /// The uniform of [`Split::local`] that says which element is the first that the rank owns.
    pub origin: usize,
    /// The uniform that says which element is the first behind those.
    pub end: usize,
    /// How many elements there are.
    pub extent: u32,
    /// Whether the last one is a neighbour of the first one.
    pub periodic: bool,
}

/// Which of its threads a rank runs: those from an offset on, along each dimension that is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// From the first one on.
    First,
    /// From these on.
    At([u32; 3]),
    /// From where the uniforms at these positions of [`Split::local`] say.
    Uniform([usize; 3]),
}

/// How the threads of a kernel are shared among ranks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// For each dimension that is split, along which axis of thread ids a rank runs its own; along others it runs all.
    pub threads: [Option<usize>; 3],
    /// How far from the thread's own element the kernel reads along each dimension; none where that is not known.
    pub reach: [Option<u32>; 3],
    /// Whether it touches split buffers at all.
    pub touches: bool,
    /// The split buffers that it writes.
    pub writes: Vec<usize>,
    /// Whether it writes buffers of which each rank has the whole: then each has what its own threads wrote.
    pub writes_whole: bool,
}

/// The kernel of a rank, and how threads are shared.
///
/// # Errors
///
/// What it reads beyond a halo, and what it writes that no rank could know.
pub fn split(kernel: &Kernel, interface: &Interface, split: &Split) -> Result<(Kernel, Shares)> {
    let definitions = Definitions::of(kernel);
    let threads = [Value::integers(0.0, f64::from(artifact::MAX_EXTENT) - 1.0); 3];
    let uniforms = vec![Granted::Any; interface.uniforms.len()];
    let facts = Facts::of(&definitions, Inputs { interface, threads, uniforms });
    let finder = index::Finder { definitions: &definitions, facts: &facts, interface, split };
    let shares = share::share(&finder)?;
    let rewritten = rewrite::rewrite(&finder, &shares);
    Ok((rewritten, shares))
}
