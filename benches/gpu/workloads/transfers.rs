//! W7: a large buffer written and read.

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::input::number;

use super::{Row, Target, Task, Workload};
use crate::reference::Reference;

pub(super) fn workload(scale: Scale) -> Workload {
    let count: u32 = scale.pick(512 << 18, 100_000);
    let size = if count >= 1 << 18 { format!("{} MiB", count >> 18) } else { format!("{count} numbers") };
    let row = |id, what, least| Row {
        id,
        title: format!("W7 {what} {size}"),
        unit: "GiB/s",
        target: Target::AtLeast(least),
    };
    Workload {
        id: "W7",
        size: [count, 1],
        rows: vec![
            row("W7-lent", "read, lent,", 40.0),
            row("W7-copied", "read, copied,", 8.0),
            row("W7-upload", "upload", 8.0),
        ],
        is_bound_by_memory: false,
        reference: Reference {
            count,
            element: Box::new(|index| number(index.into(), 0)),
            is_slow: false,
            accuracy: Accuracy { tolerance: 0.0, share: 0.0 },
        },
        task: Task::Transfer,
    }
}
