//! What is in flight: what the device works on, and who waits for it.

use std::sync::Arc;
use std::time::Duration;

use super::download::Downloads;
use super::lent::Loan;
use super::stamps::Stamps;
use super::waiter::Mapped;
use crate::pace::Paced;
use crate::profile::Collector;
use crate::queue::{Compiled, Done, ReadPart};
use crate::stops::Stopped;
use crate::task::Moment;
use crate::{Error, Health, Track};

/// A submission that the device works on.
pub(crate) struct InFlight {
    pub(crate) download: Option<Download>,
    /// Each with the memory that its reader gets, if it is not copied from the download.
    pub(super) reads: Vec<(ReadPart, Option<Loan>)>,
    pub(super) done: Vec<Done>,
    /// Of its dispatches that can be stopped. What loops tell lies at the end of the download.
    pub(super) tickets: Vec<(u32, Arc<Compiled>)>,
    /// How many rounds these may make.
    pub(super) loop_limit: u32,
    /// Whether it does nothing else, and gives nobody what lies elsewhere.
    #[cfg(target_arch = "wasm32")]
    pub(crate) only_reads: bool,
    /// What it has of each kernel, if runs are cut into slices.
    pub(crate) slice: Option<Slice>,
    /// The device's times, which lie behind what was read, and how many nanoseconds a tick takes.
    pub(super) stamps: Option<(Stamps, f32)>,
    /// When it was submitted, if it is profiled.
    pub(super) profile: Option<(Duration, Collector)>,
}

/// A submission that should take a certain time.
pub(crate) struct Slice {
    paced: Paced,
    wanted: Duration,
    submitted: Moment,
}

impl Slice {
    /// One that is submitted now.
    pub(super) fn begun(paced: Paced, wanted: Duration) -> Self {
        Self { paced, wanted, submitted: Moment::now() }
    }

    /// The device is done with it. It began when it was submitted, or when the one before was done; now that is this one.
    pub(crate) fn done(self, before: &mut Option<Moment>) {
        let now = Moment::now();
        let begun = before.map_or(self.submitted, |before| before.max(self.submitted));
        self.paced.learn(now.since(begun), self.wanted);
        *before = Some(now);
    }
}

/// The memory its reads arrive in, but for what is lent.
pub(crate) struct Download {
    pub(super) buffer: wgpu::Buffer,
    pub(super) bytes: u64,
    /// Tells once whether it could be mapped.
    pub(crate) mapped: Mapped,
}

impl InFlight {
    /// Copies what was read out of the mapped memory and answers all who wait. The device is done.
    pub(crate) fn answer(&mut self, downloads: &Downloads, health: &Health) -> Result<(), Error> {
        let answering = self.profile.take().map(|(submitted, profile)| {
            profile.add(Track::InFlight, "a submission".into(), submitted);
            (profile.now(), profile)
        });
        let failed =
            |error: wgpu::MapRangeError| Error::internal("mapped memory has no range", error.to_string());
        let range = |download: &Download| download.buffer.get_mapped_range(..download.bytes).map_err(failed);
        let view = self.download.as_ref().map(range).transpose()?;
        let mut rest = view.as_deref().unwrap_or_default();
        let mut stopped = stopped(&self.tickets, rest, self.loop_limit);
        for (part, loan) in self.reads.drain(..) {
            if let Some(stopped) = stopped.take_if(|stopped| stopped.ticket <= part.behind) {
                stopped.tell(&mut self.done, health);
            }
            match loan {
                // SAFETY: the device is done with the submission, and the loan was part of no other.
                Some(loan) => part.answer_lent(unsafe { loan.arrived() }),
                None => {
                    let (words, place) = (part.words(), part.place_in_words());
                    let (bytes, after) = rest.split_at((words.end - words.start) as usize);
                    rest = after;
                    part.answer(&bytes[place]);
                }
            }
        }
        if let Some((stamps, period)) = self.stamps.take() {
            stamps.tell(rest, period);
        }
        drop(view);
        if let Some(download) = self.download.take() {
            download.buffer.unmap();
            downloads.put(download.buffer);
        }
        if let Some((start, profile)) = answering {
            profile.add(Track::Answer, "a submission".into(), start);
        }
        if let Some(stopped) = stopped {
            stopped.tell(&mut self.done, health);
        }
        self.done.drain(..).for_each(|done| done.reply.send(Ok(())));
        Ok(())
    }
}

/// What the end of a download says: which is the first run that was stopped, if one was.
fn stopped(tickets: &[(u32, Arc<Compiled>)], download: &[u8], limit: u32) -> Option<Stopped> {
    if tickets.is_empty() {
        return None;
    }
    let [_, line, ticket] = download.last_chunk::<12>()?.as_chunks::<4>().0 else { return None };
    let (ticket, line) = (u32::from_le_bytes(*ticket), u32::from_le_bytes(*line));
    let (_, kernel) = tickets.iter().find(|(other, _)| *other == ticket)?;
    Some(Stopped { ticket, error: kernel.stopped(line, limit) })
}

#[cfg(target_arch = "wasm32")]
impl InFlight {
    /// Tells all readers that there was no memory. It did nothing else, so all else goes on.
    pub(crate) fn refuse(&mut self) {
        self.reads.drain(..).for_each(|(part, _)| part.refuse());
        self.done.drain(..).for_each(|done| done.reply.send(Ok(())));
    }
}

/// What a download that could not be mapped means; the health may know better.
pub(crate) fn unmappable() -> Error {
    Error::DeviceLost { reason: "its memory cannot be read".into() }
}
