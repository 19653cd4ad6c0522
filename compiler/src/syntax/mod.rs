//! Text to syntax tree: the one function that a kernel's text is, whatever form `toString()` gave it.

mod constants;
mod depth;
#[cfg(feature = "full")]
mod extract;
#[cfg(feature = "full")]
mod function;
#[cfg(feature = "full")]
mod nesting;
#[cfg(any(test, not(feature = "full")))]
mod quick;

#[cfg(feature = "full")]
pub use extract::{FoundKernel, find_kernels};

use oxc_allocator::Allocator;
use oxc_ast::ast::{Expression, FormalParameters, Statement};
use oxc_span::GetSpan;

use crate::diagnostics::{Result, Span};
pub(crate) use constants::Constants;

/// Parses a kernel's text: a function, perhaps with constants behind it.
///
/// # Errors
///
/// A syntax error, or what is wrong with the form of the function.
pub(crate) fn parse<'a>(allocator: &'a Allocator, source: &'a str) -> Result<KernelSyntax<'a>> {
    let (source, constants) = constants::split(source);
    let mut syntax = parse_function(allocator, source)?;
    if let Some(constants) = constants {
        syntax.constants = constants::parse(allocator, constants, syntax.head)?;
    }
    Ok(syntax)
}

fn parse_function<'a>(allocator: &'a Allocator, source: &'a str) -> Result<KernelSyntax<'a>> {
    depth::check(source)?;
    #[cfg(feature = "full")]
    let syntax = function::parse(allocator, source);
    #[cfg(not(feature = "full"))]
    let syntax = quick::parse(allocator, source).ok_or_else(Vec::new);
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

/// A kernel's syntax tree.
pub(crate) struct KernelSyntax<'a> {
    /// The parameters, of which there should be exactly one.
    pub(crate) parameters: &'a FormalParameters<'a>,
    /// What the function does.
    pub(crate) body: KernelBody<'a>,
    /// Translates the tree's positions to those of the user's text.
    pub(crate) positions: Positions,
    /// Where the head of the function stands.
    pub(crate) head: Span,
    /// What is handed in with it.
    pub(crate) constants: Constants<'a>,
}

/// The body of a kernel.
pub(crate) enum KernelBody<'a> {
    /// Statements in braces.
    Statements(&'a [Statement<'a>]),
    /// The expression of `inputs => expression`.
    Expression(&'a Expression<'a>),
}

/// Translates positions in the text that was parsed, which may have a prefix of ours, to the user's text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Positions {
    prefix: u32,
    length: u32,
}

impl Positions {
    /// The place in the user's text.
    pub(crate) fn span(self, span: oxc_span::Span) -> Span {
        let shift = |offset: u32| offset.saturating_sub(self.prefix).min(self.length);
        Span { start: shift(span.start), end: shift(span.end) }
    }
}

/// The span of a syntax node in the user's text.
pub(crate) fn span_of(positions: Positions, node: &impl GetSpan) -> Span {
    positions.span(node.span())
}
