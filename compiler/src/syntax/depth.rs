//! Refuses text that is so long, or nested so deeply, that a recursive parser could run out of stack or time.

#[cfg(feature = "full")]
use super::nesting;
use crate::diagnostics::{Code, Diagnostic, Result, Span};

/// How long a kernel's text may be, in bytes.
const LONGEST: usize = 1 << 20;

/// Looks at a text before it is parsed. The quick parser counts for itself how deep it is.
pub(super) fn check(source: &str) -> Result<()> {
    if source.len() > LONGEST {
        return Err(vec![too_deep(0).message("a kernel's text may be at most 1 MiB long")]);
    }
    #[cfg(feature = "full")]
    if let Err(deep) = nesting::check(source) {
        return Err(vec![match deep.is_division {
            true => Diagnostic::new(Code::Unsupported, Span { start: deep.place, end: deep.place + 1 })
                .message("a kernel has no regular expressions, and this sign might begin one"),
            false => too_deep(deep.place)
                .message(format!("this kernel is nested more than {} levels deep", nesting::LIMIT)),
        }]);
    }
    Ok(())
}

fn too_deep(start: u32) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, Span { start, end: start + 1 })
        .help("split the expression into variables, or the kernel into functions")
}
