//! A session whose device was lost comes back on a new one: the same kernels, lists and uniforms, and what its buffers held at the last
//! checkpoint.
//!
//! A *link* is a device and its queue. That of a lost device is closed and settles what was asked of it with the loss; a new link takes its place
//! once everything is as it should be. Whatever the old device still tells goes to the health of the old link, which nobody asks any more.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use artifact::{CanvasSize, ElementType, Interface};

use super::shape::Slot;
use super::{Inner, Session, buffer_requests, lock};
use crate::backend::{
    self, BackendType, BoxFuture, BufferRequest, Device, Losing, Places, Request, Started, TunedRuns,
};
use crate::bytes::Bytes;
use crate::grid;
use crate::health::Pending;
use crate::queue::{Allocation, Command, Payload, Queue, Read};
use crate::{Contents, Error, Health, Screen};

/// How many bytes a checkpoint has at most.
const MOST_CHECKPOINT_BYTES: u64 = 1024 * 1024 * 1024;

/// A device, its queue, and what took their place when it was lost.
pub(super) struct Link {
    pub(super) device: Arc<dyn Device>,
    pub(super) queue: Queue,
    next: OnceLock<Box<Link>>,
}

impl Link {
    /// That of the device at hand.
    pub(super) fn latest(&self) -> &Self {
        let mut link = self;
        while let Some(next) = link.next.get() {
            link = next;
        }
        link
    }

    /// Takes no more commands, and stops what can be stopped.
    pub(super) fn stop(&self) {
        self.queue.close();
        self.device.stop();
    }
}

/// What a device is opened with, but for the interface.
pub(super) struct Opening {
    pub(super) adapter: Option<String>,
    pub(super) tuned: Option<TunedRuns>,
    pub(super) loop_limit: u32,
    pub(super) slice: Option<Duration>,
    pub(super) screen: Option<Screen>,
    /// After how many submissions the first device is lost, if it is to be.
    pub(super) lose_after: Option<u64>,
}

/// An opened device, and what kernels must know of it.
pub(super) struct Opened {
    pub(super) backend: BackendType,
    pub(super) link: Link,
    pub(super) packed: Vec<usize>,
    pub(super) native_doubles: bool,
    pub(super) float_atomics: bool,
    pub(super) places: Places,
}

/// What it takes to come back.
pub(super) struct Recovery {
    opening: Opening,
    /// How many devices have been opened.
    opened: AtomicU64,
    checkpoint: Mutex<Option<Arc<Vec<Saved>>>>,
    is_under_way: AtomicBool,
    /// The session was destroyed.
    is_forbidden: AtomicBool,
}

/// What a buffer held, those of the canvas included.
#[derive(Clone)]
struct Saved {
    place: usize,
    /// The epoch in which it had got its size.
    changed: u64,
    bytes: Arc<Bytes>,
}

impl Recovery {
    pub(super) fn new(opening: Opening) -> Self {
        let (opened, checkpoint, is_under_way, is_forbidden) = Default::default();
        Self { opening, opened, checkpoint, is_under_way, is_forbidden }
    }

    /// From now on nothing comes back.
    pub(super) fn forbid(&self) {
        self.is_forbidden.store(true, Ordering::SeqCst);
    }

    /// Opens a device with these buffers, of which so many are the interface's and the others the canvas's, and its queue. In a box, or pages would download it for each that calls it.
    pub(super) fn open(
        &self,
        wanted: Option<BackendType>,
        buffers: Vec<BufferRequest>,
        named: usize,
        canvas: Option<CanvasSize>,
    ) -> BoxFuture<Result<Opened, Error>> {
        let Opening { adapter, tuned, loop_limit, slice, screen, lose_after } = &self.opening;
        let health = Arc::<Health>::default();
        let request = Request {
            adapter: adapter.clone(),
            tuned: *tuned,
            loop_limit: *loop_limit,
            slice: *slice,
            buffers,
            named,
            screen: screen.clone().zip(canvas),
            health: health.clone(),
        };
        let places = request.places();
        let is_first = self.opened.fetch_add(1, Ordering::Relaxed) == 0;
        let lose_after = lose_after.filter(|_| is_first);
        Box::pin(async move {
            let Started { backend, device, executor, packed, native_doubles, float_atomics } =
                backend::start(wanted, request).await?;
            let executor = match lose_after {
                Some(count) => Box::new(Losing::new(executor, count, health.clone())),
                None => executor,
            };
            let queue = Queue::new(executor, device.capabilities().clone(), health)?;
            let link = Link { device, queue, next: OnceLock::new() };
            Ok(Opened { backend, link, packed, native_doubles, float_atomics, places })
        })
    }
}

/// How a session came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovered {
    /// Why the device was lost; `None` if it was not.
    pub reason: Option<String>,
    /// The buffers that hold what they held at the last checkpoint.
    pub restored: Vec<String>,
    /// The buffers whose contents are lost: they hold zeros.
    pub lost: Vec<String>,
}

impl Session {
    /// Copies what all buffers and the canvas hold after all commands before this call, to be restored by [`Session::recover`]. It replaces the last
    /// checkpoint once it is complete.
    ///
    /// # Errors
    ///
    /// The future tells [`Error::CheckpointTooLarge`], and those of [`Session::read_buffer`].
    pub fn checkpoint(&self) -> Checkpoint {
        let inner = &self.0;
        loop {
            let (epoch, saved) = inner.saved();
            let bytes = saved.iter().map(|(_, asked, _)| asked.bytes).sum();
            if bytes > MOST_CHECKPOINT_BYTES {
                let error = Error::CheckpointTooLarge { bytes, limit: MOST_CHECKPOINT_BYTES };
                return Checkpoint {
                    session: inner.clone(),
                    reads: vec![Pending::refused(error)],
                    of: Vec::new(),
                    read: Vec::new(),
                };
            }
            let mut reads = Vec::new();
            for (saved, asked, element) in &saved {
                let (buffer, bytes, label) =
                    (saved.place, asked.bytes, Arc::<str>::from(asked.label.as_str()));
                let (reply, pending) = Pending::new(inner.queue().health());
                let read = Read { buffer, start: 0, bytes, label, element: *element, lent: false, reply };
                let pushed = inner.recorder.refuse("a checkpoint");
                match pushed.and_then(|()| inner.push_in(epoch, Command::ReadBuffer(read))) {
                    Ok(true) => reads.push(pending),
                    // A buffer has changed meanwhile.
                    Ok(false) => break,
                    Err(error) => reads.push(Pending::refused(error)),
                }
            }
            if reads.len() == saved.len() {
                let of = saved.into_iter().map(|(saved, ..)| saved).collect();
                return Checkpoint { session: inner.clone(), reads, of, read: Vec::new() };
            }
        }
    }

    /// Brings the session back on a new device if its device was lost. Its kernels and lists run again, its uniforms are as they were set, and
    /// its buffers hold what they held at the last checkpoint, or zeros. Calls give [`Error::DeviceLost`] until then.
    ///
    /// # Errors
    ///
    /// The future tells [`Error::AlreadyRecovering`]; the fatal error if it is another one than the loss; and those of [`Session::open`] and of
    /// [`Session::create_kernel`] if there is no device that does: then another attempt may be made.
    pub fn recover(&self) -> Recover {
        let inner = self.0.clone();
        Recover(Box::pin(async move {
            let _attempt = Attempt::begin(&inner)?;
            inner.recover().await
        }))
    }
}

/// The attempt that is under way: there is one at a time.
struct Attempt<'a>(&'a AtomicBool);

impl<'a> Attempt<'a> {
    fn begin(inner: &'a Inner) -> Result<Self, Error> {
        let is_under_way = &inner.recovery.is_under_way;
        if is_under_way.swap(true, Ordering::SeqCst) {
            return Err(Error::AlreadyRecovering);
        }
        Ok(Self(is_under_way))
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl Inner {
    async fn recover(self: &Arc<Self>) -> Result<Recovered, Error> {
        if self.recovery.is_forbidden.load(Ordering::SeqCst) {
            return Err(Error::Dropped);
        }
        let lost = self.link();
        let reason = match lost.queue.check() {
            Ok(()) => return Ok(Recovered { reason: None, restored: Vec::new(), lost: Vec::new() }),
            Err(Error::DeviceLost { reason }) => reason,
            Err(error) => return Err(error),
        };
        // Its memory is given back before there is new memory. Natively that waits.
        let theirs = self.clone();
        let shut_down = move || async move {
            theirs.queue().shut_down();
            Ok(())
        };
        crate::task::spawn("hpc-recover", shut_down).await?;
        let (interface, slots) = {
            let shape = lock(&self.shape);
            (shape.interface.clone(), shape.slots.clone())
        };
        let named = self.places.pixels();
        let requests = buffer_requests(&slots[..named], self.canvas);
        let Opened { backend, link, packed, native_doubles, float_atomics, .. } =
            self.recovery.open(Some(self.backend), requests, named, self.canvas).await?;
        let Interface { packed: before, native_doubles: had_doubles, float_atomics: had_atomics, .. } =
            &*interface;
        let is_same = packed == *before && native_doubles == *had_doubles && float_atomics == *had_atomics;
        if backend != self.backend || !is_same {
            let adapter = link.device.info().name.clone();
            let reason = "it binds other buffers than the one before, or computes otherwise".into();
            return Err(Error::NoDevice { adapter, reason });
        }
        self.prepare_again(&link).await?;
        self.make_again(&slots, &link.queue)?;
        let (restored, lost_buffers) = self.restore(&slots, &link.queue)?;
        if lost.next.set(Box::new(link)).is_err() {
            return Err(Error::AlreadyRecovering);
        }
        if self.recovery.is_forbidden.load(Ordering::SeqCst) {
            self.link().stop();
            return Err(Error::Dropped);
        }
        Ok(Recovered { reason: Some(reason), restored, lost: lost_buffers })
    }

    /// Has the new device make all kernels that are alive. On the old one none is made any more.
    async fn prepare_again(&self, link: &Link) -> Result<(), Error> {
        let kernels: Vec<_> = lock(&self.kernels).iter().filter_map(std::sync::Weak::upgrade).collect();
        for kernel in kernels {
            let uniforms = self.uniforms();
            let likely = grid::likely(&kernel.artifact, &uniforms, link.device.capabilities());
            kernel.set_program(link.device.prepare(&kernel.artifact, likely).await?);
        }
        Ok(())
    }

    /// What a checkpoint saves: where, how much, and of which type; and the epoch in which that is so.
    fn saved(&self) -> (u64, Vec<(Saved, BufferRequest, ElementType)>) {
        let shape = lock(&self.shape);
        let saved = |place, changed| Saved { place, changed, bytes: Arc::new(Vec::<u8>::new().into()) };
        let alive = shape.slots.iter().enumerate().filter(|(_, slot)| slot.is_alive);
        let named = alive.map(|(slot, it)| {
            (saved(self.places.of(slot), it.changed), it.request(), it.description.element)
        });
        let canvas = (self.places.pixels()..).zip(buffer_requests(&[], self.canvas));
        let canvas = canvas.map(|(place, asked)| (saved(place, 0), asked, ElementType::U8));
        (shape.epoch, named.chain(canvas).collect())
    }

    /// Makes the buffers that came later, and destroys those that are gone.
    fn make_again(&self, slots: &[Slot], queue: &Queue) -> Result<(), Error> {
        for (position, slot) in slots.iter().enumerate() {
            let (buffer, bytes, label) =
                (self.places.of(position), slot.description.byte_size(), slot.label.clone());
            if position >= self.places.pixels() {
                queue.push(Command::Allocate(Allocation { buffer, bytes, label, kept: None }, None))?;
            }
            if !slot.is_alive {
                queue.push(Command::Free { buffer })?;
            }
        }
        Ok(())
    }

    /// Writes what the last checkpoint holds, if there is one: of buffers that have the same size. Whose contents are there again, and whose are
    /// lost.
    fn restore(&self, slots: &[Slot], queue: &Queue) -> Result<(Vec<String>, Vec<String>), Error> {
        let checkpoint = lock(&self.recovery.checkpoint).clone().unwrap_or_default();
        let mut restored = Vec::new();
        for Saved { place, changed, bytes } in checkpoint.iter() {
            let slot = self.places.buffer(*place).and_then(|slot| slots.get(slot));
            if slot.is_some_and(|slot| slot.changed != *changed || !slot.is_alive) {
                continue;
            }
            let data = Payload::Bytes(bytes.clone());
            queue.push(Command::WriteBuffer { buffer: *place, start: 0, data })?;
            restored.extend(slot.map(|slot| slot.description.name.clone()));
        }
        let names = slots.iter().filter(|slot| slot.is_alive).map(|slot| slot.description.name.clone());
        let lost = names.filter(|name| !restored.contains(name)).collect();
        Ok((restored, lost))
    }
}

/// A checkpoint that is being made; see [`Session::checkpoint`]. Dropped before it is complete, there was none.
pub struct Checkpoint {
    session: Arc<Inner>,
    /// In the order of what is saved; the first of them is awaited.
    reads: Vec<Pending<Contents>>,
    /// What is saved, without what is in it.
    of: Vec<Saved>,
    read: Vec<Saved>,
}

impl fmt::Debug for Checkpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Checkpoint").finish_non_exhaustive()
    }
}

impl Future for Checkpoint {
    type Output = Result<(), Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        while let Some(next) = this.reads.first_mut() {
            let contents = std::task::ready!(Pin::new(next).poll(context))?;
            this.reads.remove(0);
            let saved = this.of[this.read.len()].clone();
            this.read.push(Saved { bytes: Arc::new(contents.into_bytes()), ..saved });
        }
        *lock(&this.session.recovery.checkpoint) = Some(Arc::new(std::mem::take(&mut this.read)));
        Poll::Ready(Ok(()))
    }
}

/// A session that is coming back; see [`Session::recover`].
pub struct Recover(BoxFuture<Result<Recovered, Error>>);

impl fmt::Debug for Recover {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Recover").finish_non_exhaustive()
    }
}

impl Future for Recover {
    type Output = Result<Recovered, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

#[cfg(test)]
mod tests {
    use artifact::{BufferDescription, ElementType};
    use pollster::block_on;

    use super::*;
    use crate::{BufferSetup, Data, Setup};

    #[test]
    fn a_session_comes_back_from_a_device_that_is_lost_and_hears_nothing_of_it_any_more() {
        let description =
            BufferDescription { name: "a".into(), element: ElementType::Number, size: vec![1024] };
        let data = Data { element: ElementType::Number, bytes: vec![1_u8; 4096].into() };
        let buffers = vec![BufferSetup { description, data: Some(data) }];
        let setup = Setup { buffers, backend: Some(BackendType::Gpu), ..Setup::default() };
        let session = block_on(Session::open(setup)).expect("these tests need a GPU adapter");
        block_on(session.checkpoint()).unwrap();
        for _ in 0..3 {
            let lost = session.0.link();
            session.write_bytes("a", vec![2; 4096].into()).unwrap();
            lost.device.lose();
            while block_on(session.read_buffer("a", ..)).is_ok() {}
            let recovered = block_on(session.recover()).unwrap();
            assert_eq!((recovered.restored, recovered.lost), (vec!["a".to_owned()], vec![]));
            // Whatever else the old one tells.
            lost.queue.health().fail(Error::Dropped);
            assert!(lost.queue.check().is_err());
            assert_eq!(block_on(session.read_buffer("a", ..)).unwrap()[..], [1; 4096]);
        }
    }
}
