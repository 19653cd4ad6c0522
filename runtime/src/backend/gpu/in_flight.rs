//! What is in flight: what the device works on, and who waits for it.

use super::download::Pool;
use super::lent::Loan;
use super::waiter::Mapped;
use crate::Error;
use crate::health::Reply;
use crate::queue::ReadPart;

/// A submission that the device works on.
pub(super) struct InFlight {
    pub(super) download: Option<Download>,
    /// Each with the memory that its reader gets, if it is not copied from the download.
    pub(super) reads: Vec<(ReadPart, Option<Loan>)>,
    pub(super) done: Vec<Reply<()>>,
}

/// The memory its reads arrive in, but for what is lent.
pub(super) struct Download {
    pub(super) buffer: wgpu::Buffer,
    pub(super) bytes: u64,
    /// Tells once whether it could be mapped.
    pub(super) mapped: Mapped,
}

impl InFlight {
    /// Copies what was read out of the mapped memory and answers all who wait. The device is done.
    pub(super) fn answer(&mut self, pool: &Pool) -> Result<(), Error> {
        let failed =
            |error: wgpu::MapRangeError| Error::internal("mapped memory has no range", error.to_string());
        let range = |download: &Download| download.buffer.get_mapped_range(..download.bytes).map_err(failed);
        let view = self.download.as_ref().map(range).transpose()?;
        let mut rest = view.as_deref().unwrap_or_default();
        for (part, loan) in self.reads.drain(..) {
            match loan {
                // SAFETY: the device is done with the submission, and the loan was part of no other.
                Some(loan) => part.answer_lent(unsafe { loan.arrived() }),
                None => {
                    let (bytes, after) = rest.split_at(part.bytes as usize);
                    rest = after;
                    part.answer(bytes);
                }
            }
        }
        drop(view);
        if let Some(download) = self.download.take() {
            download.buffer.unmap();
            pool.put(download.buffer);
        }
        self.done.drain(..).for_each(|reply| reply.send(Ok(())));
        Ok(())
    }
}

/// What a download that could not be mapped means; the health may know better.
pub(super) fn unmappable() -> Error {
    Error::DeviceLost { reason: "its memory cannot be read".into() }
}
