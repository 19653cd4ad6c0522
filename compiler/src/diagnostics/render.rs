//! Diagnostics as text: the code and message, the user's line underlined, why, and how to mend it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::Diagnostic;

/// Where a kernel's text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of its file.
    pub file: String,
    /// The line there of the text's first line, counted from 1.
    pub line: u32,
    /// What stands in that line before the text.
    pub before: String,
}

impl Default for Origin {
    fn default() -> Self {
        Self::in_file("kernel.js")
    }
}

impl Origin {
    /// A text that is all of its file.
    pub fn in_file(name: &str) -> Self {
        Self { file: name.into(), line: 1, before: String::new() }
    }
}

/// Renders `diagnostics` one after the other as plain text, with the file and the lines of `origin`.
pub fn render(diagnostics: &[Diagnostic], source: &str, origin: &Origin) -> String {
    let renderer = Renderer::plain();
    let text = format!("{}{source}", origin.before);
    let texts: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| renderer.render(&[report(diagnostic, &text, origin)]).to_string())
        .collect();
    texts.join("\n\n")
}

fn report<'a>(diagnostic: &'a Diagnostic, text: &'a str, origin: &'a Origin) -> Group<'a> {
    let mut snippet = Snippet::source(text).path(origin.file.as_str()).line_start(origin.line as usize);
    for (position, label) in diagnostic.labels.iter().enumerate() {
        let kind = if position == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let place = |offset: u32| (origin.before.len() + offset as usize).min(text.len());
        let range = place(label.span.start).min(place(label.span.end))..place(label.span.end);
        snippet = snippet.annotation(kind.span(range).label(label.text.as_str()));
    }
    let title = Level::ERROR.primary_title(diagnostic.message.as_str()).id(diagnostic.code.to_string());
    let mut group = title.element(snippet);
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}
