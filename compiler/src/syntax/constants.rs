//! Constants of the program around a kernel, which are handed in with it: declarations behind the function, under a heading.
//!
//! ```text
//! (inputs) => { inputs.buffers.out[inputs.threadId.x] = palette[inputs.threadId.x % N]; }
//! //# constants
//! const N = 3;
//! const palette = array([0, 0.5, 1]);
//! ```
//!
//! So they are a part of the text wherever that goes, and the lines of the function are where they would be without.

use oxc_allocator::Allocator;
use oxc_ast::ast::Statement;

use super::{KernelBody, Positions, parse_function};
use crate::diagnostics::{Code, Diagnostic, Result, Span};

/// What stands between a function and its constants.
const HEADING: &str = "\n//# constants\n";

/// The constants of a kernel.
#[derive(Clone, Copy, Default)]
pub(crate) struct Constants<'a> {
    /// Declarations, each with a value.
    pub(crate) statements: &'a [Statement<'a>],
    /// Translates their positions to those of the text that they were parsed from, which is not the user's.
    pub(crate) positions: Positions,
}

/// The function's text, and that of its constants.
pub(super) fn split(source: &str) -> (&str, Option<&str>) {
    match source.rfind(HEADING) {
        Some(end) => (&source[..end], Some(&source[end + HEADING.len()..])),
        None => (source, None),
    }
}

/// Parses the declarations of constants. What is wrong with them is told at the `head` of the kernel.
pub(super) fn parse<'a>(allocator: &'a Allocator, text: &str, head: Span) -> Result<Constants<'a>> {
    let text = allocator.alloc_str(&format!("() => {{\n{text}\n}}"));
    let syntax = parse_function(allocator, text).map_err(|wrong| {
        let first = wrong.into_iter().next();
        let diagnostic = Diagnostic::new(Code::Constant, head)
            .message("the constants that are handed in cannot be read")
            .help(
                "name them as JavaScript names variables, and make them numbers, booleans, vectors or arrays",
            );
        vec![match first {
            Some(first) => diagnostic.note(first.message),
            None => diagnostic,
        }]
    })?;
    let KernelBody::Statements(statements) = syntax.body else { return Ok(Constants::default()) };
    Ok(Constants { statements, positions: syntax.positions })
}
