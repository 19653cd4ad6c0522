//! Refuses text that is nested so deeply that a recursive parser could run out of stack.

use crate::diagnostics::{Code, Diagnostic, Result, Span};

/// How deep brackets may nest, and how many prefix operators may follow each other. Hand-written kernels stay below 20.
const LIMIT: usize = 200;

/// How long a kernel's text may be, in bytes.
const LONGEST: usize = 1 << 20;

/// Which of the limits a text exceeds.
pub(super) enum Excess {
    Length,
    /// From this place on.
    Depth(usize),
}

pub(super) fn check(source: &str) -> Result<()> {
    match excess(source) {
        None => Ok(()),
        Some(Excess::Length) => Err(vec![too_deep(0, "a kernel's text may be at most 1 MiB long")]),
        Some(Excess::Depth(position)) => {
            let message = format!("this kernel is nested more than {LIMIT} levels deep");
            Err(vec![too_deep(position as u32, &message)])
        }
    }
}

/// Counts brackets and runs of operators without regard to strings and comments: the bound need not be exact.
pub(super) fn excess(source: &str) -> Option<Excess> {
    if source.len() > LONGEST {
        return Some(Excess::Length);
    }
    let (mut depth, mut run) = (0_usize, 0_usize);
    for (position, byte) in source.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match byte {
            b'!' | b'~' | b'+' | b'-' => run += 1,
            _ if byte.is_ascii_whitespace() => {}
            _ => run = 0,
        }
        if depth > LIMIT || run > LIMIT {
            return Some(Excess::Depth(position));
        }
    }
    None
}

fn too_deep(start: u32, message: &str) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, message, Span { start, end: start + 1 })
        .help("split the expression into variables, or the kernel into functions")
}
