//! Recorded calls: while a thread records, its commands go to a list instead of the queue, and the list can be replayed.
//!
//! A list carries its values. A run takes the uniforms that hold where it is recorded: those of the interface when the recording began, and
//! what `set_uniforms` has changed in it since. Neither recording nor replaying changes the uniforms of the interface. A write keeps its
//! data. Each run draws a new random key with each replay, as if it were called then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

use super::{Inner, Session, lock};
use crate::Error;
use crate::queue::{Command, Copy, Repeatable, Replay};
use crate::task::{ThreadId, this_thread};
use crate::uniforms::Numbers;

/// What a session is recording.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    /// So that calls look no further while nobody records.
    is_recording: AtomicBool,
    current: Mutex<Option<Recording>>,
}

/// What a thread has recorded so far.
#[derive(Debug)]
pub(super) struct Recording {
    thread: ThreadId,
    /// The epoch of the sizes in it.
    epoch: u64,
    /// The uniforms for the runs to come.
    pub(super) uniforms: Arc<Vec<Numbers>>,
    pub(super) list: Vec<Repeatable>,
}

impl Recorder {
    /// Does something with this thread's recording, if it records.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Recording) -> T) -> Option<T> {
        // This thread sees its own store.
        if !self.is_recording.load(Ordering::Relaxed) {
            return None;
        }
        lock(&self.current).as_mut().filter(|recording| recording.thread == this_thread()).map(act)
    }

    /// Refuses a call that cannot be recorded.
    pub(super) fn refuse(&self, call: &'static str) -> Result<(), Error> {
        self.with(|_| Err(Error::Unrecordable { call })).unwrap_or(Ok(()))
    }

    fn set(
        &self,
        mut current: MutexGuard<'_, Option<Recording>>,
        recording: Option<Recording>,
    ) -> Option<Recording> {
        self.is_recording.store(recording.is_some(), Ordering::Relaxed);
        std::mem::replace(&mut *current, recording)
    }
}

impl Session {
    /// Begins to record: until [`Session::end_recording`], the commands that this thread calls on this session go to a list and are not
    /// executed. Other threads' calls are.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyRecording`] and the fatal errors.
    pub fn begin_recording(&self) -> Result<(), Error> {
        let recorder = &self.0.recorder;
        self.0.queue().check()?;
        let current = lock(&recorder.current);
        if current.is_some() {
            return Err(Error::AlreadyRecording);
        }
        let shape = lock(&self.0.shape);
        let (thread, uniforms, epoch) = (this_thread(), shape.uniforms.clone(), shape.epoch);
        recorder.set(current, Some(Recording { thread, epoch, uniforms, list: Vec::new() }));
        Ok(())
    }

    /// Ends this thread's recording and gives what was recorded; without one, nothing was. Dropped, it was as if nothing had been called.
    pub fn end_recording(&self) -> CommandList {
        let recorder = &self.0.recorder;
        let current = lock(&recorder.current);
        let is_ours = current.as_ref().is_some_and(|recording| recording.thread == this_thread());
        let recording = if is_ours { recorder.set(current, None) } else { None };
        let (epoch, list) = recording.map(|recording| (recording.epoch, recording.list)).unwrap_or_default();
        let count = |is_counted: fn(&&Repeatable) -> bool| list.iter().filter(is_counted).count() as u64;
        let runs = count(|command| matches!(command, Repeatable::Run { .. }));
        let paints = count(|command| matches!(command, Repeatable::UpdateCanvas { .. })) > 0;
        let uses = self.0.used(&list).into();
        CommandList { session: self.0.clone(), list: Arc::new(list), runs, paints, epoch, uses }
    }
}

impl Inner {
    /// Hands a command to this thread's recording, or else to the queue if the epoch is still this one; whether it was.
    pub(super) fn enqueue(&self, epoch: u64, command: Repeatable) -> Result<bool, Error> {
        let _call = self.profiler.call(|| self.title(&command));
        let mut command = Some(command);
        self.recorder.with(|recording| recording.list.extend(command.take()));
        match command {
            Some(command) => self.push_in(epoch, command.once(|| self.keys.next())),
            None => self.queue().check().map(|()| true),
        }
    }

    /// The buffers of the interface that commands use.
    fn used(&self, list: &[Repeatable]) -> Vec<usize> {
        let mut used = Vec::new();
        for command in list {
            let named: Vec<usize> = match command {
                Repeatable::Run { kernel, .. } => {
                    kernel.artifact.buffers.iter().map(|used| used.buffer).collect()
                }
                Repeatable::WriteBuffer { buffer, .. } => self.places.buffer(*buffer).into_iter().collect(),
                Repeatable::CopyBuffer(Copy { source, destination, .. }) => {
                    [source, destination].into_iter().filter_map(|&place| self.places.buffer(place)).collect()
                }
                Repeatable::UpdateCanvas { .. } => Vec::new(),
            };
            for buffer in named {
                if !used.contains(&buffer) {
                    used.push(buffer);
                }
            }
        }
        used
    }
}

/// Commands that were recorded. After their session is gone replaying returns [`Error::Dropped`].
#[derive(Clone, Debug)]
pub struct CommandList {
    session: Arc<Inner>,
    list: Arc<Vec<Repeatable>>,
    runs: u64,
    paints: bool,
    /// The epoch of the sizes in it, and the buffers of the interface that it uses.
    epoch: u64,
    uses: Arc<[usize]>,
}

impl CommandList {
    /// Enqueues all commands in their order, so many times, as one command. Returns at once.
    ///
    /// # Errors
    ///
    /// [`Error::Unrecordable`] within a recording, [`Error::OutdatedList`] and the fatal errors.
    pub fn replay(&self, times: u32) -> Result<(), Error> {
        let Inner { recorder, profiler, keys, presented, .. } = &*self.session;
        let queue = self.session.queue();
        recorder.refuse("replay")?;
        if times == 0 || self.list.is_empty() {
            return queue.check();
        }
        let _call = profiler.call(|| "replay".into());
        let keys = keys.take(self.runs * u64::from(times));
        self.session.until_settled(|| {
            let epoch = self.check()?;
            self.session.push_in(epoch, Command::Replay(Replay::new(self.list.clone(), times, keys.clone())))
        })?;
        if self.paints {
            presented.store(true, Ordering::Release);
        }
        Ok(())
    }

    /// Whether the buffers have the sizes that it holds; the epoch in which they do.
    fn check(&self) -> Result<u64, Error> {
        let shape = lock(&self.session.shape);
        if shape.epoch != self.epoch {
            let slots = self.uses.iter().map(|&slot| &shape.slots[slot]);
            if let Some(changed) = slots.into_iter().find(|slot| slot.changed > self.epoch) {
                return Err(Error::OutdatedList { name: changed.description.name.clone() });
            }
        }
        Ok(shape.epoch)
    }

    /// How many commands it has: uniforms are part of the runs.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
