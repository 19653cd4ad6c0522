//! Text to syntax tree: the one function that a kernel's text is, whatever form `toString()` gave it.

mod constants;
mod lexer;
mod messages;
mod numbers;
mod operators;
mod parser;
mod strings;
pub(crate) mod tree;

use crate::diagnostics::{Code, Diagnostic, Result, Span};
pub(crate) use constants::constants;
pub(crate) use tree::Arena;
use tree::{Body, Parameters};

/// How long a kernel's text may be, in bytes.
const LONGEST: usize = 1 << 20;

/// Parses a kernel's text, but for the constants behind the function.
///
/// # Errors
///
/// A syntax error, or what is wrong with the form of the function.
pub(crate) fn parse<'a>(arena: &'a Arena, source: &'a str) -> Result<KernelSyntax<'a>> {
    let source = constants::split(source).0;
    if source.len() > LONGEST {
        return Err(vec![
            Diagnostic::new(Code::TooDeep, Span { start: 0, end: 1 })
                .message("a kernel's text may be at most 1 MiB long")
                .help("split the expression into variables, or the kernel into functions"),
        ]);
    }
    parser::parse(arena, source).map_err(|mistake| vec![*mistake])
}

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
