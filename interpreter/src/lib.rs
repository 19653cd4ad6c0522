//! What a kernel means: an interpreter of the IR, and the judge of the middle end and of the back ends.
//!
//! It runs kernels before and after numbers are represented. Before, every number is a double, as in JavaScript; after, it is what the middle
//! end made of it.
//!
//! It does what the documentation of [`compiler::ir`] says, thread after thread, and is written to be right at a glance rather
//! than fast. It shares no code with the back ends, so that the same mistake is unlikely in both.
//!
//! Each operation and builtin is computed in double precision and rounded once to the type of its result. A thread sees what the threads before
//! it have stored, which no kernel may rely on.

mod builtins;
mod expressions;
mod memory;
mod operators;
mod statements;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;

use artifact::{Conditions, Interface};
use compiler::ir::Kernel;

pub use memory::Memory;
pub use value::{Value, Word};

use statements::Thread;

/// One run of a kernel.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The kernel, as [`compiler::pipeline::front_end`] or [`compiler::pipeline::middle_end`] makes it.
    pub kernel: &'a Kernel,
    /// The interface that it was compiled for.
    pub interface: &'a Interface,
    /// The numbers of the interface's uniforms, in order; a boolean is 1 or 0.
    pub uniforms: &'a [Vec<f64>],
    /// How many threads there are along x, y and z.
    pub extents: [u32; 3],
    /// The runs in which marked indices are in range, which is checked: [`compiler::pipeline::middle_end`] gives them.
    pub in_range: &'a [Conditions],
    /// The run's random key.
    pub key: [u32; 2],
    /// How many statements and rounds of loops all threads together may take.
    pub fuel: u64,
}

/// Why a run was stopped. What its threads had stored until then stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The fuel was used up: some loop may never end.
    OutOfFuel,
    /// The kernel breaks a rule of the IR, which is a mistake of the compiler's.
    Broken(String),
}

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfFuel => write!(formatter, "the fuel was used up"),
            Self::Broken(rule) => write!(formatter, "the kernel is broken: {rule}"),
        }
    }
}

impl std::error::Error for Stopped {}

impl Run<'_> {
    /// Whether the run meets these conditions.
    pub fn meets(&self, conditions: &Conditions) -> bool {
        conditions.hold(self.extents, |uniform| &self.uniforms[uniform])
    }
}

/// Runs all threads, x fastest, on `memory`. Gives the fuel that is left.
///
/// # Errors
///
/// [`Stopped`] by the first thread that cannot go on.
pub fn run(run: &Run, memory: &mut Memory) -> Result<u64, Stopped> {
    let [width, height, depth] = run.extents;
    let in_range: Vec<bool> = run.in_range.iter().map(|conditions| run.meets(conditions)).collect();
    let mut fuel = run.fuel;
    for z in 0..depth {
        for y in 0..height {
            for x in 0..width {
                fuel = Thread::new(run, &in_range, memory, [x, y, z], fuel).run()?;
            }
        }
    }
    Ok(fuel)
}

/// A rule of the IR that does not hold.
fn broken<T>(rule: impl Into<String>) -> Result<T, Stopped> {
    Err(Stopped::Broken(rule.into()))
}
