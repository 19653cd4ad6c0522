//! Errors as data, from which the JavaScript side makes its errors.

use hpc::diagnostics::Diagnostic;
use napi_derive::napi;

/// Why a call failed.
#[derive(Debug)]
#[napi(object)]
pub struct Failure {
    /// See [`hpc::Error::kind`].
    pub kind: String,
    /// The whole message; a kernel's shows the lines that it is about.
    pub message: String,
    /// What is wrong with a kernel's text, in the order of the text; empty for other kinds.
    pub mistakes: Vec<Mistake>,
}

/// One mistake in a kernel's text.
#[derive(Debug)]
#[napi(object)]
pub struct Mistake {
    /// Which kind of mistake, such as `HPC0012`.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// The line in the kernel's text, counted from 1.
    pub line: u32,
    /// The column in that line, counted from 1 in UTF-16 units.
    pub column: u32,
    /// Why it is a mistake.
    pub notes: Vec<String>,
    /// How to mend it.
    pub help: Option<String>,
}

impl From<hpc::Error> for Failure {
    fn from(error: hpc::Error) -> Self {
        let (kind, message) = (error.kind().into(), error.to_string());
        let mistakes = match error {
            hpc::Error::Compile(error) => {
                error.diagnostics().iter().zip(error.places()).map(mistake).collect()
            }
            _ => Vec::new(),
        };
        Self { kind, message, mistakes }
    }
}

fn mistake((diagnostic, (line, column)): (&Diagnostic, (u32, u32))) -> Mistake {
    Mistake {
        code: diagnostic.code.to_string(),
        message: diagnostic.message.clone(),
        line,
        column,
        notes: diagnostic.notes.clone(),
        help: diagnostic.help.clone(),
    }
}
