//! What the parser says of texts that are no kernels.

use crate::diagnostics::{Origin, render};
use crate::syntax::{Arena, parse};

/// Makes sure that a text is refused with a message that says so.
pub(super) fn refused(source: &str, message: &str) {
    let arena = Arena::new();
    let mistakes = parse(&arena, source).expect_err("a text that is refused");
    let text = render(&mistakes, &source[..source.len().min(200)], &Origin::default());
    assert!(text.contains(message), "{text}");
}
