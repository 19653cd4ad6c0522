//! The buffers of a session as callers see them: they come and go, and change their sizes.
//!
//! Callers look a buffer up, and then enqueue a command for what they found. In between another thread may change it. So each change has a number,
//! the *epoch*: it counts with the command that makes the change in the queue, and a command is enqueued only in the epoch that it was made for
//! ([`Queue::push_if`](crate::queue::Queue::push_if)); else the caller looks again.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use artifact::{Artifact, BufferDescription, Interface};

use super::{Inner, Session, lock};
use crate::backend::BufferRequest;
use crate::data::check_size as check_bytes;
use crate::queue::{Allocation, Command, Kept, Payload, Repeatable};
use crate::setup::{check_buffer_name, check_size};
use crate::uniforms::Numbers;
use crate::{Data, Error, NameKind, UniformValue};

/// The buffers and the uniforms.
pub(super) struct Shape {
    /// What kernels see. A buffer that was destroyed has no name there.
    pub(super) interface: Arc<Interface>,
    /// One for each buffer of the interface.
    pub(super) slots: Vec<Slot>,
    /// Copied on write: each run holds on to the values it was called with.
    pub(super) uniforms: Arc<Vec<Numbers>>,
    /// How often a buffer has come, gone or changed.
    pub(super) epoch: u64,
}

/// A buffer, or the place of one that was destroyed.
#[derive(Clone)]
pub(super) struct Slot {
    /// Its name, the type of its elements and its extents at the moment.
    pub(super) description: Arc<BufferDescription>,
    /// What messages call it.
    pub(super) label: Arc<str>,
    pub(super) is_resizable: bool,
    pub(super) is_alive: bool,
    /// The epoch in which it was changed last.
    pub(super) changed: u64,
}

/// A buffer that was looked up.
pub(super) struct Found {
    /// Where commands find it.
    pub(super) place: usize,
    pub(super) description: Arc<BufferDescription>,
    pub(super) label: Arc<str>,
    /// The epoch in which all this holds.
    pub(super) epoch: u64,
}

impl Slot {
    fn new(description: BufferDescription, is_resizable: bool, changed: u64) -> Self {
        let label = format!("the buffer {:?}", description.name).into();
        Self { description: Arc::new(description), label, is_resizable, is_alive: true, changed }
    }

    /// What a backend is asked for.
    pub(super) fn request(&self) -> BufferRequest {
        let (label, bytes) = (self.label.to_string(), self.description.byte_size());
        BufferRequest { label, bytes, resizable: self.is_resizable }
    }

    /// What kernels see of it.
    fn seen(&self) -> BufferDescription {
        let description = &*self.description;
        let seen = if self.is_resizable { description.resizable() } else { description.clone() };
        let name = if self.is_alive { seen.name } else { String::new() };
        BufferDescription { name, ..seen }
    }
}

impl Shape {
    /// That of a session: its buffers, of which some are resizable, and all of its uniforms but for those that tell extents.
    pub(super) fn new(
        interface: Interface,
        buffers: Vec<BufferDescription>,
        uniforms: impl Iterator<Item = UniformValue>,
    ) -> Self {
        let resizable = interface.buffers.iter().map(BufferDescription::is_resizable);
        let slots =
            buffers.into_iter().zip(resizable).map(|(buffer, resizable)| Slot::new(buffer, resizable, 0));
        let (slots, uniforms) = (slots.collect(), Arc::new(uniforms.map(Numbers::from).collect()));
        let mut shape = Self { interface: Arc::new(interface), slots, uniforms, epoch: 0 };
        (0..shape.slots.len()).for_each(|slot| shape.tell_extents(slot));
        shape
    }

    /// Sets the uniform that tells the extents of a buffer, if one does.
    fn tell_extents(&mut self, slot: usize) {
        let Some(uniform) = self.interface.extents_of(slot) else { return };
        let mut extents = [1; 3];
        let size = &self.slots[slot].description.size;
        extents.iter_mut().zip(size).for_each(|(extent, &size)| *extent = size as i32);
        let uniforms = Arc::make_mut(&mut self.uniforms);
        let count = uniforms.len().max(uniform + 1);
        uniforms.resize(count, Numbers::from(UniformValue::Boolean(false)));
        uniforms[uniform] = UniformValue::Vec3i(extents).into();
    }

    /// Changes a buffer, or adds one behind all others.
    fn set(&mut self, slot: usize, changed: Slot) {
        let interface = Arc::make_mut(&mut self.interface);
        let seen = changed.seen();
        if slot == self.slots.len() {
            self.slots.push(changed);
            interface.buffers.push(seen);
        } else {
            self.slots[slot] = changed;
            interface.buffers[slot] = seen;
        }
        interface.declare_extents();
        self.tell_extents(slot);
        self.epoch += 1;
    }

    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        self.slots.iter().position(|slot| slot.is_alive && slot.description.name == name)
    }

    /// Where to put a new buffer: where one like it was, whose kernels will do again, else where any resizable one was, else behind all.
    fn free_slot(&self, description: &BufferDescription) -> usize {
        let is_free = |slot: &&Slot| !slot.is_alive && slot.is_resizable;
        let is_like = |slot: &Slot| is_free(&slot) && slot.description.resizable() == description.resizable();
        let like = self.slots.iter().position(is_like);
        like.or_else(|| self.slots.iter().position(|slot| is_free(&slot))).unwrap_or(self.slots.len())
    }

    /// Whether the buffers that a kernel uses are what it was compiled for.
    ///
    /// # Errors
    ///
    /// [`Error::BufferGone`].
    pub(super) fn check(&self, artifact: &Artifact) -> Result<(), Error> {
        let is_gone =
            |buffer: usize| self.interface.buffers.get(buffer) != artifact.interface.buffers.get(buffer);
        let gone = artifact.buffers.iter().find(|used| is_gone(used.buffer));
        gone.map_or(Ok(()), |used| {
            // Of a column the buffer of objects, which is what callers create and destroy.
            let name = &artifact.interface.buffers[used.buffer].name;
            let end = name.find(['[', '.']).unwrap_or(name.len());
            Err(Error::BufferGone { name: name[..end].into() })
        })
    }
}

impl Session {
    /// Makes a buffer of zeros, or of what it is to hold at first, at this place in the queue. Its size can change later, so kernels learn it when
    /// they run.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`], [`Error::DuplicateName`], [`Error::InvalidSize`], those of the data, [`Error::BufferTooLarge`],
    /// [`Error::Unrecordable`] and the fatal errors. That there is no memory is told by the device, and is fatal.
    pub fn create_buffer(&self, description: BufferDescription, data: Option<Data>) -> Result<(), Error> {
        let inner = &self.0;
        inner.recorder.refuse("create_buffer")?;
        check_buffer_name(&description.name)?;
        check_size(&description)?;
        let data = data.map(|data| data.fit(&description)).transpose()?.map(Arc::new);
        inner.check_capacity(&Slot::new(description.clone(), true, 0))?;
        inner.until_settled(|| {
            let shape = lock(&inner.shape);
            if shape.slot(&description.name).is_some() {
                return Err(Error::DuplicateName { kind: NameKind::Buffer, name: description.name.clone() });
            }
            let (slot, epoch) = (shape.free_slot(&description), shape.epoch);
            drop(shape);
            let created = Slot::new(description.clone(), true, epoch + 1);
            let data = data.clone().map(Payload::Bytes);
            inner.change(epoch, slot, created, |allocation| Command::Allocate(allocation, data))
        })
    }

    /// Gives a resizable buffer another size, of as many dimensions, at this place in the queue. It keeps the elements that both sizes have; others
    /// are zero.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::NotResizable`], [`Error::OtherRank`], [`Error::InvalidSize`], [`Error::BufferTooLarge`],
    /// [`Error::Unrecordable`] and the fatal errors. That there is no memory is told by the device, and is fatal.
    pub fn resize_buffer(&self, name: &str, size: &[u32]) -> Result<(), Error> {
        let inner = &self.0;
        inner.recorder.refuse("resize_buffer")?;
        inner.until_settled(|| {
            let (slot, current, epoch) = inner.slot(name)?;
            let (name, from) = (name.to_owned(), current.description.size.clone());
            if !current.is_resizable {
                return Err(Error::NotResizable { name });
            }
            if from.len() != size.len() {
                return Err(Error::OtherRank { name, size: from, given: size.to_vec() });
            }
            let description = BufferDescription { size: size.to_vec(), ..(*current.description).clone() };
            check_size(&description)?;
            if from == size {
                return inner.queue().check().map(|()| true);
            }
            let kept = Some(Kept::of(&from, size, description.element.bytes() as u64));
            let resized = Slot::new(description, true, epoch + 1);
            inner.check_capacity(&resized)?;
            inner.change(epoch, slot, resized, |allocation| {
                Command::Allocate(Allocation { kept, ..allocation }, None)
            })
        })
    }

    /// Destroys a buffer at this place in the queue: what was called before still uses it. Its name is free again.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::Unrecordable`] and the fatal errors.
    pub fn destroy_buffer(&self, name: &str) -> Result<(), Error> {
        let inner = &self.0;
        inner.recorder.refuse("destroy_buffer")?;
        inner.until_settled(|| {
            let (slot, current, epoch) = inner.slot(name)?;
            let destroyed = Slot { is_alive: false, changed: epoch + 1, ..current };
            inner.change(epoch, slot, destroyed, |allocation| Command::Free { buffer: allocation.buffer })
        })
    }

    /// The name, the type and the extents of each buffer that there is now.
    pub fn buffers(&self) -> Vec<BufferDescription> {
        let shape = lock(&self.0.shape);
        shape.slots.iter().filter(|slot| slot.is_alive).map(|slot| (*slot.description).clone()).collect()
    }
}

impl Inner {
    /// Tries again until nothing has changed meanwhile.
    pub(super) fn until_settled(&self, attempt: impl Fn() -> Result<bool, Error>) -> Result<(), Error> {
        while !attempt()? {}
        Ok(())
    }

    /// Enqueues a command if the epoch is still this one; whether it was.
    pub(super) fn push_in(&self, epoch: u64, command: Command) -> Result<bool, Error> {
        self.queue().push_if(command, || self.epoch.load(Ordering::Relaxed) == epoch)
    }

    /// Enqueues a change of a buffer, and makes it for the callers to come; false if the epoch has ended.
    fn change(
        &self,
        epoch: u64,
        slot: usize,
        changed: Slot,
        command: impl FnOnce(Allocation) -> Command,
    ) -> Result<bool, Error> {
        let (buffer, bytes) = (self.places.of(slot), changed.description.byte_size());
        let command = command(Allocation { buffer, bytes, label: changed.label.clone(), kept: None });
        self.queue().push_if(command, || {
            // Nobody who holds it waits for the queue.
            let mut shape = lock(&self.shape);
            let is_due = shape.epoch == epoch;
            if is_due {
                shape.set(slot, changed);
                self.epoch.store(shape.epoch, Ordering::Relaxed);
            }
            is_due
        })
    }

    fn check_capacity(&self, slot: &Slot) -> Result<(), Error> {
        let device = self.device();
        device.capabilities().check_buffers(&[slot.request()], &device.info().name)
    }

    fn slot(&self, name: &str) -> Result<(usize, Slot, u64), Error> {
        let shape = lock(&self.shape);
        let slot = shape.slot(name).ok_or_else(|| unknown(&shape, name))?;
        Ok((slot, shape.slots[slot].clone(), shape.epoch))
    }

    /// The buffer of this name.
    pub(super) fn buffer(&self, name: &str) -> Result<Found, Error> {
        let (slot, Slot { description, label, .. }, epoch) = self.slot(name)?;
        Ok(Found { place: self.places.of(slot), description, label, epoch })
    }

    /// Writes bytes to a buffer: all of it, or what begins with the element `start`.
    pub(super) fn write(
        &self,
        name: &str,
        start: Option<u64>,
        data: &Arc<crate::bytes::Bytes>,
    ) -> Result<(), Error> {
        self.until_settled(|| {
            let found = self.buffer(name)?;
            let start = found.start_of(start, data.len() as u64)?;
            self.enqueue(
                found.epoch,
                Repeatable::WriteBuffer { buffer: found.place, start, data: data.clone() },
            )
        })
    }
}

impl Found {
    /// Where to write so many bytes that are to begin with an element, or to fill the buffer.
    pub(super) fn start_of(&self, start: Option<u64>, bytes: u64) -> Result<u64, Error> {
        match start {
            Some(start) => crate::data::part(&self.description, start, bytes),
            None => check_bytes(&self.description, bytes).map(|()| 0),
        }
    }
}

fn unknown(shape: &Shape, name: &str) -> Error {
    let alive = shape.slots.iter().filter(|slot| slot.is_alive);
    let declared = alive.map(|slot| slot.description.name.clone()).collect();
    Error::UnknownBuffer { name: name.into(), declared }
}
