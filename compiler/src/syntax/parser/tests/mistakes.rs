//! What the parser says of texts that are no kernels.

use super::written;
use crate::diagnostics::{Origin, render};
use crate::syntax::{Arena, parse};

#[test]
fn messages_name_the_place_what_would_fit_and_a_mend() {
    let messages = include_str!("refused.txt").lines().map(|line| {
        let (arena, source) = (Arena::new(), written(line));
        let mistakes = parse(&arena, &source).expect_err("a text that is refused");
        render(&mistakes, &source, &Origin::default())
    });
    let messages: Vec<String> = messages.collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots" }, {
        insta::assert_snapshot!("messages", messages.join("\n\n"));
    });
}

/// Makes sure that a text is refused with a message that says so.
pub(super) fn refused(source: &str, message: &str) {
    let arena = Arena::new();
    let mistakes = parse(&arena, source).expect_err("a text that is refused");
    let text = render(&mistakes, &source[..source.len().min(200)], &Origin::default());
    assert!(text.contains(message), "{text}");
}
