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

use super::parse;
use super::tree::{Arena, Body, Statement};
use crate::diagnostics::{Code, Diagnostic, Result, Span};

/// What stands between a function and its constants.
const HEADING: &str = "\n//# constants\n";

/// The function's text, and that of its constants.
pub(super) fn split(source: &str) -> (&str, Option<&str>) {
    match source.rfind(HEADING) {
        Some(end) => (&source[..end], Some(&source[end + HEADING.len()..])),
        None => (source, None),
    }
}

/// The declarations of constants behind a kernel's text. Their places are none of the user's text: what is wrong is told at the `head` of the kernel.
pub(crate) fn constants<'a>(arena: &'a Arena, source: &str, head: Span) -> Result<&'a [Statement<'a>]> {
    let Some(text) = split(source).1 else { return Ok(&[]) };
    let text = arena.alloc_str(&format!("() => {{\n{text}\n}}"));
    let syntax = parse(arena, text).map_err(|wrong| {
        let diagnostic = Diagnostic::new(Code::Constant, head)
            .message("the constants that are handed in cannot be read")
            .help(
                "name them as JavaScript names variables, and make them numbers, booleans, vectors or arrays",
            );
        vec![match wrong.into_iter().next() {
            Some(first) => diagnostic.note(first.message),
            None => diagnostic,
        }]
    })?;
    match syntax.body {
        Body::Statements(statements) => Ok(statements),
        Body::Expression(_) => Ok(&[]),
    }
}
