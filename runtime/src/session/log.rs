//! What kernels tell by `console.log`: it comes back behind each run of such a kernel, in a buffer of the interface's that is written anew for each.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use artifact::{Artifact, Log, LogCall};

use super::{CommandList, Inner, Kernel, Session, lock};
use crate::bytes::Bytes;
use crate::health::Pending;
use crate::queue::{Command, Read, Repeatable};
use crate::{Contents, Error};

/// What a run has told, to come: the contents of the buffer that [`Log`] describes. Dropped, it is told nobody.
#[derive(Debug)]
pub struct Logged {
    artifact: Arc<Artifact>,
    contents: Pending<Contents>,
}

impl Logged {
    /// The calls that records name.
    pub fn calls(&self) -> &[LogCall] {
        &self.artifact.log
    }
}

impl Future for Logged {
    type Output = Result<Contents, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.contents).poll(context)
    }
}

/// Of so many rounds of a list each run tells; those behind them tell nothing, as each costs a read.
pub(super) const TOLD_ROUNDS: u32 = 1000;

/// The runs whose telling nobody has asked for yet, the first one first.
pub(super) type Waiting = VecDeque<Logged>;

impl Session {
    /// What the first run tells, of those whose kernels do and that nobody has asked about.
    pub fn next_log(&self) -> Option<Logged> {
        self.0.next_log()
    }
}

impl Kernel {
    /// [`Session::next_log`] of its session.
    pub fn next_log(&self) -> Option<Logged> {
        self.session.next_log()
    }
}

impl CommandList {
    /// [`Session::next_log`] of its session.
    pub fn next_log(&self) -> Option<Logged> {
        self.session.next_log()
    }
}

impl Inner {
    fn next_log(&self) -> Option<Logged> {
        lock(&self.logs).pop_front()
    }

    /// Enqueues a command if the epoch is still this one, and behind a run of a kernel that tells something what brings it; whether it was.
    pub(super) fn push(&self, epoch: u64, command: Repeatable) -> Result<bool, Error> {
        let Some((artifact, (slot, _))) = command.telling().cloned().zip(Log::of(&self.opened)) else {
            return self.push_in(epoch, command.once(|| self.keys.next()));
        };
        let (buffer, description) = (self.places.of(slot), &self.opened.buffers[slot]);
        let (label, element, bytes) =
            ("what kernels tell".into(), description.element, description.byte_size());
        let data = Bytes::from(vec![0_u8; bytes as usize]);
        let (reply, contents) = Pending::apart(self.queue().health());
        // Nobody else's run may come between.
        let mut logs = lock(&self.logs);
        self.queue().push(Command::WriteBuffer { buffer, start: 0, data: data.into() })?;
        if !self.push_in(epoch, command.once(|| self.keys.next()))? {
            return Ok(false);
        }
        let read = Read { buffer, start: 0, bytes, label, element, lent: false, reply };
        self.queue().push(Command::ReadBuffer(read))?;
        logs.push_back(Logged { artifact, contents });
        Ok(true)
    }
}
