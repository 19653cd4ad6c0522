//! Large writes, which take their place in the queue at the call and whose parts follow while the caller copies them. Not in pages: there
//! nobody takes them meanwhile.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use artifact::ElementType;

use super::{Inner, LARGE_BYTES, Link};
use crate::Error;
use crate::data::is_normal;
use crate::queue::{Command, Part, Payload, Queue};
use crate::task::serves_a_queue;

/// So long a caller waits for memory before the write fails, and with it the interface.
const PATIENCE: Duration = Duration::from_secs(2);

impl Inner {
    /// Whether a write of so many bytes gains from parts.
    pub(super) fn streams(&self, element: ElementType, bytes: u64) -> bool {
        let is_large = bytes >= LARGE_BYTES;
        let has_parts = self.device().capabilities().transfer_bytes != u64::MAX;
        // Bytes cannot be changed in memory that is only written, and a recording keeps its data.
        let can_be_staged = is_normal(element);
        is_large && has_parts && can_be_staged && self.recorder.with(|_| ()).is_none()
    }

    /// Writes bytes that fill a buffer, or begin with an element of it, part by part.
    pub(super) fn stream(&self, name: &str, start: Option<u64>, bytes: &[u8]) -> Result<(), Error> {
        let _call = self.profiler.call(|| format!("write {name}"));
        let Link { device, queue, .. } = self.link();
        let (parts, label) = loop {
            let found = self.buffer(name)?;
            let start = found.start_of(start, bytes.len() as u64)?;
            let (parts, data) = Payload::stream(bytes.len() as u64);
            let write = Command::WriteBuffer { buffer: found.place, start, data };
            if queue.push_if(write, || self.epoch.load(Ordering::Relaxed) == found.epoch)? {
                break (parts, found.label);
            }
        };
        for bytes in bytes.chunks(device.capabilities().transfer_bytes as usize) {
            let part = device.stage(bytes).map(Part::Staged).or_else(|| copy(queue, bytes));
            let Some(part) = part else {
                // The queue waits for what there will never be.
                let what = format!("{} bytes of {}", bytes.len(), label);
                queue.health().fail(Error::OutOfMemory { what });
                return queue.check();
            };
            // Gone is who would take it: the queue was closed.
            if parts.send(part).is_err() {
                return queue.check();
            }
        }
        Ok(())
    }
}

/// A copy of a part. Where there is no memory, there will be once earlier parts are taken: it waits for a while.
fn copy(queue: &Queue, bytes: &[u8]) -> Option<Part> {
    let begun = Instant::now();
    loop {
        if let Some(copied) = queue.copies().copy(bytes) {
            return Some(Part::from(copied));
        }
        // Whoever takes parts must not wait for it.
        if begun.elapsed() > PATIENCE || serves_a_queue() || queue.check().is_err() {
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
