//! Messages to the user: a stable code, the user's own line, why, and how to mend it.

mod codes;
mod render;
mod span;

pub use artifact::closest;
pub use codes::Code;
pub use render::{Origin, render};
pub use span::Span;

/// One mistake in a kernel's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake.
    pub code: Code,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// Places in the text; the first one is where the mistake is.
    pub labels: Vec<Label>,
    /// Why it is a mistake.
    pub notes: Vec<String>,
    /// How to mend it.
    pub help: Option<String>,
}

/// A place in the text and what to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The range of the text.
    pub span: Span,
    /// A few words; may be empty for the first label.
    pub text: String,
}

/// What a stage returns: its result, or everything that is wrong.
pub type Result<T> = std::result::Result<T, Vec<Diagnostic>>;

impl Diagnostic {
    /// A mistake at `span`, of which the other methods say more.
    pub fn new(code: Code, span: Span) -> Self {
        let label = Label { span, text: String::new() };
        Self { code, message: String::new(), labels: vec![label], notes: Vec::new(), help: None }
    }

    /// What is wrong: one sentence, lower case, without a full stop.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// What to say at the place of the mistake itself.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// Points at another place that has to do with it.
    #[must_use]
    pub fn and_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a note that says why it is a mistake.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Sets the help, which says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same for a text that starts so many bytes earlier.
    #[must_use]
    pub fn moved(mut self, bytes: u32) -> Self {
        for Label { span, .. } in &mut self.labels {
            *span = Span { start: span.start + bytes, end: span.end + bytes };
        }
        self
    }

    /// Where the mistake is.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
}

/// Where the lines of a text end.
#[derive(Clone, Debug)]
pub struct Lines(Vec<u32>);

impl Lines {
    /// Finds the line ends of a text.
    pub fn of(source: &str) -> Self {
        let ends = source.bytes().zip(0..).filter(|(byte, _)| *byte == b'\n');
        Self(ends.map(|(_, offset)| offset).collect())
    }

    /// The line of a byte offset, counted from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.0.partition_point(|&end| end < offset) as u32 + 1
    }
}

/// The line and column of a byte offset, both counted from 1, columns in UTF-16 units as JavaScript counts.
pub fn line_and_column(source: &str, offset: u32) -> (u32, u32) {
    let mut end = (offset as usize).min(source.len());
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let before = &source[..end];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() as u32 + 1;
    let column = before[line_start..].encode_utf16().count() as u32 + 1;
    (line, column)
}
