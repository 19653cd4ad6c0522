//! Small buffers of integers in which threads count: each workgroup counts for itself first, and then adds what it has to the buffer.
//!
//! Threads that want the same element wait for one another, and in a histogram of a few bins all of them do. In a workgroup they wait less long, and
//! of a bin's many sums only one a workgroup is left. Sums of integers are the same in any order.
//!
//! **Why it is right.** The kernel does nothing with the buffer but add to its elements, and nobody asks what they were: all that can be seen is
//! the sums behind the run.

use artifact::{Component, Interface};

use crate::analysis::mentions::Mentions;
use crate::analysis::steps::{Operation, operation, updated};
use crate::ir::{Expression, ExpressionKind, Kernel, StatementKind};

/// How many elements a buffer has at most for a workgroup to have a copy: all copies together take half of what the smallest devices have.
const MOST_ELEMENTS: u64 = 1024;

/// How many buffers are counted in so.
const MOST_BUFFERS: usize = 2;

/// The buffers that workgroups count in for themselves, by their positions in the interface.
pub(super) fn tallied(kernel: &Kernel, interface: &Interface) -> Vec<usize> {
    let is_small = |buffer: &usize| {
        interface.buffers.get(*buffer).is_some_and(|described| {
            let is_word = matches!(described.element.component(), Component::I32 | Component::U32);
            is_word
                && described.element.slots() == 1
                && !described.is_resizable()
                && described.element_count() <= MOST_ELEMENTS
        })
    };
    let buffers = updated(kernel).into_iter().filter(is_small).filter(|&buffer| only_counts(kernel, buffer));
    buffers.take(MOST_BUFFERS).collect()
}

/// Whether a kernel does nothing but add to elements of a buffer.
fn only_counts(kernel: &Kernel, buffer: usize) -> bool {
    kernel.all_functions().all(|function| {
        let (mut sums, mut loads, mut others) = (0, 0, false);
        let uses = Mentions::of(function);
        function.body.walk(&mut |statement| {
            match &statement.kind {
                StatementKind::Update { .. } if statement.writes() == Some(buffer) => {
                    sums += 1;
                    others |= !is_sum(&statement.kind, &uses);
                }
                _ => others |= statement.writes() == Some(buffer),
            }
            for expression in statement.expressions() {
                expression.walk(&mut |part| loads += usize::from(is_load(part, buffer)));
            }
        });
        // Each sum names its element once.
        !others && loads == sums
    })
}

/// Whether an update adds or takes away, and nobody asks what the element was.
fn is_sum(update: &StatementKind, uses: &Mentions) -> bool {
    let StatementKind::Update { old, element, value } = update else { return false };
    let is_sum = matches!(operation(*old, element, value), Some((Operation::Add | Operation::Subtract, _)));
    is_sum && super::is_forgotten(update, uses)
}

fn is_load(part: &Expression, buffer: usize) -> bool {
    matches!(&part.kind, ExpressionKind::Load { buffer: loaded, .. } if *loaded == buffer)
}
