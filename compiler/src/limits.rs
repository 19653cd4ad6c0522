//! How large kernels may be. What is larger would be refused by browsers and drivers, or keep them busy for minutes.

use crate::diagnostics::{Code, Diagnostic, Result, Span};
use crate::ir::{Block, Kernel, Statement, StatementKind};

/// How many operations a kernel has at most: statements and all parts of their expressions.
pub(crate) const MOST_OPERATIONS: usize = 200_000;
/// How deep the blocks of a function are nested at most, counted in braces of WGSL: it allows 127, and some texts add a few.
pub(crate) const DEEPEST_BLOCK: usize = 110;
/// How many loops a kernel has at most.
pub(crate) const MOST_LOOPS: usize = 2000;
/// How many functions a kernel has at most.
pub(crate) const MOST_FUNCTIONS: usize = 1000;
/// How many values the cases of a switch of the IR have at most: so many a switch of WGSL may have.
pub(crate) const MOST_VALUES: usize = 1000;
/// How many parameters a function has at most: so many WGSL allows.
pub(crate) const MOST_PARAMETERS: usize = 255;
/// How long the text of a shader is at most, in bytes.
pub(crate) const LONGEST_TEXT: usize = 4 << 20;
/// How long a module is at most, in bytes: browsers allow 7 654 321 for a function.
pub(crate) const LONGEST_MODULE: usize = 7_600_000;
/// How many locals a function of a module has at most: so many browsers allow.
pub(crate) const MOST_LOCALS: usize = 50_000;

/// Makes sure that a kernel is not too large, as it was lowered.
///
/// # Errors
///
/// [`Code::TooDeep`], at the part that is too large.
pub(crate) fn check(kernel: &Kernel) -> Result<()> {
    let (mut operations, mut loops) = (0, 0);
    for function in kernel.all_functions() {
        function.body.walk(&mut |statement: &Statement| {
            operations += 1;
            loops += usize::from(matches!(statement.kind, StatementKind::Loop { .. }));
            statement
                .expressions()
                .into_iter()
                .for_each(|expression| expression.walk(&mut |_| operations += 1));
        });
    }
    let deepest = kernel.all_functions().map(|function| depth_of_block(&function.body)).max().unwrap_or(0);
    let counts = [
        (deepest, "levels of blocks", DEEPEST_BLOCK),
        (operations, "operations", MOST_OPERATIONS),
        (loops, "loops", MOST_LOOPS),
        (kernel.functions.len(), "functions", MOST_FUNCTIONS),
    ];
    match counts.into_iter().find(|(count, _, most)| count > most) {
        Some((count, what, most)) => Err(vec![too_large(kernel.entry.span, count, what, most)]),
        None => Ok(()),
    }
}

/// How deep the braces of a block's statements go. `else if` is on the level of its `if`.
fn depth_of_block(block: &Block) -> usize {
    block.0.iter().map(depth_of_statement).max().unwrap_or(0)
}

fn depth_of_statement(statement: &Statement) -> usize {
    match &statement.kind {
        StatementKind::If { accept, reject, .. } => {
            let behind = match &reject.0[..] {
                [inner @ Statement { kind: StatementKind::If { .. }, .. }] => depth_of_statement(inner),
                _ => 1 + depth_of_block(reject),
            };
            behind.max(1 + depth_of_block(accept))
        }
        StatementKind::Loop { .. } | StatementKind::Scope { .. } | StatementKind::Switch { .. } => {
            2 + statement.blocks().into_iter().map(depth_of_block).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// Checks that a count is at most a limit; `what` names it in the message.
///
/// # Errors
///
/// [`Code::TooDeep`], at the part that is too large.
pub(crate) fn at_most(kernel: &Kernel, count: usize, what: &str, most: usize) -> Result<()> {
    if count > most { Err(vec![too_large(kernel.entry.span, count, what, most)]) } else { Ok(()) }
}

/// That there is more of something at `span` than there may be.
pub(crate) fn too_large(span: Span, count: usize, what: &str, most: usize) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, span)
        .message(format!("this is too large: {count} {what}, {most} at most"))
        .help("split it into several kernels, or write a loop for what repeats")
}
