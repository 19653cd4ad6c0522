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
use crate::queue::{Command, Payload, Read, Repeatable};
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

    /// Enqueues a command, and behind a run of a kernel that tells something what brings it.
    pub(super) fn push(&self, command: Repeatable) -> Result<(), Error> {
        let (Repeatable::Run { kernel, .. }, Some((buffer, _))) = (&command, Log::of(&self.interface)) else {
            return self.queue().push(command.once(|| self.keys.next()));
        };
        if kernel.artifact.log.is_empty() {
            return self.queue().push(command.once(|| self.keys.next()));
        }
        let artifact = kernel.artifact.clone();
        // Nobody else's run may come between.
        let mut logs = lock(&self.logs);
        let description = &self.interface.buffers[buffer];
        let bytes = description.byte_size();
        let data = Payload::Bytes(Arc::new(Bytes::from(vec![0_u8; bytes as usize])));
        let (reply, contents) = Pending::apart(self.queue().health());
        let (label, element) = (self.labels[buffer].clone(), description.element);
        self.queue().push(Command::WriteBuffer { buffer, data })?;
        self.queue().push(command.once(|| self.keys.next()))?;
        self.queue().push(Command::ReadBuffer(Read {
            buffer,
            start: 0,
            bytes,
            label,
            element,
            lent: false,
            reply,
        }))?;
        logs.push_back(Logged { artifact, contents });
        Ok(())
    }
}
