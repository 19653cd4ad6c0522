//! What is in flight: what the device works on, and who waits for it.

use super::staging::Pool;
use super::waiter::Mapped;
use crate::Error;
use crate::health::Reply;
use crate::queue::Read;

/// A submission that the device works on.
pub(super) struct InFlight {
    pub(super) download: Option<Download>,
    pub(super) reads: Vec<Read>,
    pub(super) done: Vec<Reply<()>>,
}

/// The memory its reads arrive in.
pub(super) struct Download {
    pub(super) buffer: wgpu::Buffer,
    pub(super) bytes: u64,
    /// Tells once whether it could be mapped.
    pub(super) mapped: Mapped,
}

impl InFlight {
    /// Copies what was read out of the mapped memory and answers all who wait. The device is done.
    pub(super) fn answer(&mut self, pool: &Pool) -> Result<(), Error> {
        let words = match &self.download {
            None => Vec::new(),
            Some(download) => copy_out(download, &self.reads)?,
        };
        if let Some(download) = self.download.take() {
            download.buffer.unmap();
            pool.put(download.buffer);
        }
        for (read, words) in self.reads.drain(..).zip(words) {
            read.answer(words);
        }
        self.done.drain(..).for_each(|reply| reply.send(Ok(())));
        Ok(())
    }
}

/// What a download that could not be mapped means; the health may know better.
pub(super) fn unmappable() -> Error {
    Error::DeviceLost { reason: "its memory cannot be read".into() }
}

/// The words of each read.
fn copy_out(download: &Download, reads: &[Read]) -> Result<Vec<Vec<u32>>, Error> {
    let failed =
        |error: wgpu::MapRangeError| Error::internal("mapped memory has no range", error.to_string());
    let view = download.buffer.get_mapped_range(..download.bytes).map_err(failed)?;
    let mut rest = &view[..];
    let words = reads.iter().map(|read| {
        let (bytes, after) = rest.split_at(read.bytes as usize);
        rest = after;
        bytemuck::pod_collect_to_vec(bytes)
    });
    Ok(words.collect())
}
