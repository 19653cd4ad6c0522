//! Diagnostics as text: the code and message, the user's line underlined, why, and how to mend it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::Diagnostic;

/// Renders `diagnostics` one after the other as plain text. `name` is shown as the name of the file.
pub fn render(diagnostics: &[Diagnostic], source: &str, name: &str) -> String {
    let renderer = Renderer::plain();
    let texts: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| renderer.render(&[report(diagnostic, source, name)]).to_string())
        .collect();
    texts.join("\n\n")
}

fn report<'a>(diagnostic: &'a Diagnostic, source: &'a str, name: &'a str) -> Group<'a> {
    let mut snippet = Snippet::source(source).path(name);
    for (position, label) in diagnostic.labels.iter().enumerate() {
        let kind = if position == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let end = (label.span.end as usize).min(source.len());
        let range = (label.span.start as usize).min(end)..end;
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
