//! Text to syntax tree: the one function that a kernel's text is, whatever form `toString()` gave it.

mod constants;
mod depth;
#[cfg(feature = "full")]
mod extract;
#[cfg(feature = "full")]
mod function;
#[cfg(feature = "full")]
mod nesting;
#[allow(dead_code, reason = "the quick parser knows fewer than there are")]
mod operators;
#[cfg(feature = "full")]
mod oxc;
#[cfg(any(test, not(feature = "full")))]
mod quick;
#[allow(
    dead_code,
    reason = "it tells all of what was written; lowering reads objects, arrow functions and their parts only to refuse them"
)]
pub(crate) mod tree;

#[cfg(feature = "full")]
pub use extract::{FoundKernel, find_kernels};

use crate::diagnostics::{Result, Span};
pub(crate) use constants::constants;
pub(crate) use tree::Arena;
use tree::{Body, Parameters};

/// Parses a kernel's text, but for the constants behind the function.
///
/// # Errors
///
/// A syntax error, or what is wrong with the form of the function.
pub(crate) fn parse<'a>(arena: &'a Arena, source: &'a str) -> Result<KernelSyntax<'a>> {
    let source = constants::split(source).0;
    depth::check(source)?;
    #[cfg(feature = "full")]
    let syntax = function::parse(arena, source);
    #[cfg(not(feature = "full"))]
    let syntax = quick::parse(arena, source).ok_or_else(Vec::new);
    syntax
}

/// How much stack it takes to compile a text, in bytes: nothing if that of any thread is enough.
///
/// Only chains of `else if` take more than that: the parser goes deeper for each.
pub fn stack_for(source: &str) -> Option<usize> {
    (source.len() > SHORT).then_some(STACK)
}

/// How long a text is for which no chain is too long for the stack of an ordinary thread.
const SHORT: usize = 1 << 14;

/// A stack for the longest chain in the longest text: one `else if` of twelve bytes takes less than a kilobyte.
const STACK: usize = 96 << 20;

/// A kernel's syntax tree. All places are those of the user's text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KernelSyntax<'a> {
    /// The parameters, of which there should be exactly one.
    pub(crate) parameters: Parameters<'a>,
    /// What the function does.
    pub(crate) body: Body<'a>,
    /// Where the head of the function stands.
    pub(crate) head: Span,
}
