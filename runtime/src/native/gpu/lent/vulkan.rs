//! Memory that is lent to readers: the device writes it, and the reader looks at it there, for as long as they like.
//!
//! wgpu's own mapped buffers cannot be lent. When wgpu finds the device lost it destroys all buffers, those included that somebody looks
//! at. So this memory is ours: the driver's handle of a buffer is owned by a [`Memory`], and wgpu gets a second buffer of the same handle
//! that owns nothing.

use std::mem::ManuallyDrop;
use std::ops::Range;
use std::ptr::NonNull;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use wgpu::hal::Device as _;
use wgpu::hal::api::Vulkan;
use wgpu::hal::vulkan::Buffer as RawBuffer;

use crate::backend::gpu::download::round_up;
use crate::queue::Lent;

/// How many bytes of unused memory are kept, unless one piece alone has more.
const MAX_IDLE_BYTES: u64 = 128 * 1024 * 1024;
/// How many bytes readers can have. Further reads get copies, so that a program that keeps all it reads does not exhaust what the device
/// can reach.
const MAX_LENT_BYTES: u64 = 1024 * 1024 * 1024;

/// Readers look at elements of up to so many bytes.
const ALIGNMENT: usize = 8;

/// All of it on a device.
pub(crate) struct Lender {
    device: wgpu::Device,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    idle: Vec<Piece>,
    lent_bytes: u64,
}

impl Lender {
    /// A lender for a device, with no memory yet.
    pub(crate) fn new(device: wgpu::Device) -> Arc<Self> {
        Arc::new(Self { device, state: Mutex::default() })
    }

    /// Whether readers can have so many bytes more.
    pub(crate) fn lends(&self, bytes: u64) -> bool {
        self.lock().lent_bytes + bytes <= MAX_LENT_BYTES
    }

    /// Memory for a copy of so many bytes, of which the reader gets those at `place`, unless readers have enough, or there is none.
    pub(crate) fn lend(self: &Arc<Self>, bytes: u64, place: Range<usize>) -> Option<Loan> {
        let mut state = self.lock();
        if state.lent_bytes + bytes > MAX_LENT_BYTES {
            return None;
        }
        state.lent_bytes += bytes;
        let fits = |piece: &Piece| (bytes..=2 * bytes).contains(&piece.memory.bytes);
        let idle = state.idle.iter().position(fits).map(|position| state.idle.swap_remove(position));
        drop(state);
        // Its drop counts the bytes back if there is no memory.
        let mut loan = Loan { piece: None, bytes, place, home: Arc::downgrade(self) };
        loan.piece = Some(idle.or_else(|| Piece::new(&self.device, round_up(bytes, &self.device)))?);
        Some(loan)
    }

    /// Whether readers have some of it.
    pub(crate) fn has_lent(&self) -> bool {
        self.lock().lent_bytes > 0
    }

    /// How many bytes are idle.
    #[cfg(test)]
    pub(crate) fn idle_bytes(&self) -> u64 {
        self.lock().idle.iter().map(|piece| piece.memory.bytes).sum()
    }

    /// Gives the device back what is idle.
    pub(crate) fn shrink(&self) {
        let idle = std::mem::take(&mut self.lock().idle);
        // The driver takes its time, so no lock is held.
        drop(idle);
    }

    fn take_back(&self, piece: Option<Piece>, bytes: u64) {
        let mut state = self.lock();
        state.lent_bytes -= bytes;
        let Some(piece) = piece else { return };
        let held: u64 = state.idle.iter().map(|piece| piece.memory.bytes).sum();
        if held == 0 || held + piece.memory.bytes <= MAX_IDLE_BYTES {
            state.idle.push(piece);
        } else {
            // The driver takes its time, so no lock may be held.
            drop(state);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A piece of memory on its way to a reader, or with them. It goes back when it is dropped.
pub(crate) struct Loan {
    /// `None` only while it is made or dropped.
    piece: Option<Piece>,
    bytes: u64,
    /// Which of them the reader gets.
    place: Range<usize>,
    home: Weak<Lender>,
}

impl Loan {
    /// Where the device copies to.
    pub(crate) fn buffer(&self) -> Option<&wgpu::Buffer> {
        self.piece.as_ref().map(|piece| &piece.buffer)
    }

    /// The memory for its reader, once the device is done with what it was told to copy there.
    ///
    /// # Safety
    ///
    /// The device is done, and is told nothing more.
    pub(crate) unsafe fn arrived(self) -> Box<dyn Lent> {
        if let Some(piece) = &self.piece {
            piece.memory.make_visible();
        }
        Box::new(Arrived(self))
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let Some(home) = self.home.upgrade() {
            home.take_back(self.piece.take(), self.bytes);
        }
    }
}

/// A piece of memory with its reader.
struct Arrived(Loan);

impl Lent for Arrived {
    fn bytes(&self) -> &[u8] {
        let Some(piece) = &self.0.piece else { return &[] };
        // SAFETY: `Memory` is mapped until it is dropped, which the piece prevents as long as it is borrowed. It has at least so many bytes.
        // The device is done with it (see `Loan::arrived`), and gets it again only by way of `Lender::take_back`, after this was dropped; the
        // host writes it by `bytes_mut` only. It holds what the device wrote, or what was there before: any bits are a byte.
        let all = unsafe { std::slice::from_raw_parts(piece.memory.start.as_ptr(), self.0.bytes as usize) };
        &all[self.0.place.clone()]
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        let Some(piece) = &self.0.piece else { return &mut [] };
        // SAFETY: as in `bytes`; nobody else looks, as this is borrowed for change.
        let all =
            unsafe { std::slice::from_raw_parts_mut(piece.memory.start.as_ptr(), self.0.bytes as usize) };
        &mut all[self.0.place.clone()]
    }
}

/// A buffer whose memory is ours.
struct Piece {
    /// wgpu's, which owns nothing.
    buffer: wgpu::Buffer,
    memory: Arc<Memory>,
}

impl Piece {
    /// `None` if the driver has no memory to give, or is none for Vulkan.
    fn new(device: &wgpu::Device, bytes: u64) -> Option<Self> {
        let memory = Arc::new(Memory::new(device, bytes)?);
        let keep_alive = memory.clone();
        // SAFETY: the handle lives until `Memory` is dropped, which the callback prevents until wgpu is done with the buffer, also on the
        // device. wgpu does not map it: its usage does not allow that.
        let raw = unsafe {
            RawBuffer::from_raw_externally_owned(memory.raw.raw_handle(), Box::new(move || drop(keep_alive)))
        };
        let (size, usage) = (bytes, wgpu::BufferUsages::COPY_DST);
        let descriptor =
            wgpu::BufferDescriptor { label: Some("lent"), size, usage, mapped_at_creation: false };
        // SAFETY: `Memory::new` made the buffer on this device, of this size, which is not zero, and for this usage. It counts as
        // initialized: only what the device has written is looked at.
        let buffer = unsafe { device.create_buffer_from_hal::<Vulkan>(raw, &descriptor) };
        Some(Self { buffer, memory })
    }
}

/// The memory of a buffer, mapped as long as it lives.
struct Memory {
    /// Keeps the driver's device alive.
    device: wgpu::Device,
    /// Moved out at the end only.
    raw: ManuallyDrop<RawBuffer>,
    /// Aligned to [`ALIGNMENT`], as `Memory::new` sees to.
    start: NonNull<u8>,
    bytes: u64,
    is_coherent: bool,
}

// SAFETY: the pointer is to memory that every thread reaches alike, and `Lent` says who may look at it.
unsafe impl Send for Memory {}
// SAFETY: as above.
unsafe impl Sync for Memory {}

impl Memory {
    fn new(device: &wgpu::Device, bytes: u64) -> Option<Self> {
        // SAFETY: the driver's device is used for a buffer of our own only; nothing of wgpu's is destroyed.
        let driver = unsafe { device.as_hal::<Vulkan>() }?;
        let descriptor = wgpu::hal::BufferDescriptor {
            label: Some("lent"),
            size: bytes,
            usage: wgpu::BufferUses::MAP_READ | wgpu::BufferUses::COPY_DST,
            memory_flags: wgpu::hal::MemoryFlags::empty(),
        };
        // SAFETY: the size is not zero. It can be mapped, as its usage says, and all of it is.
        let (raw, mapping) = unsafe {
            let raw = driver.create_buffer(&descriptor).ok()?;
            match driver.map_buffer(&raw, 0..bytes) {
                Ok(mapping) => (raw, mapping),
                Err(_) => {
                    driver.destroy_buffer(raw);
                    return None;
                }
            }
        };
        let (device, raw, start) = (device.clone(), ManuallyDrop::new(raw), mapping.ptr);
        let memory = Self { device, raw, start, bytes, is_coherent: mapping.is_coherent };
        // Nobody promises it: drivers align what is mapped as a whole, and wgpu's allocator puts buffers into it as the device wants them. Where
        // it does not hold, the reader gets a copy. `place` of a loan keeps it, as elements of 4 and 8 bytes start at whole words.
        start.addr().get().is_multiple_of(ALIGNMENT).then_some(memory)
    }

    /// Lets the host see what the device wrote.
    fn make_visible(&self) {
        if self.is_coherent {
            return;
        }
        // SAFETY: the buffer is this device's, and mapped.
        unsafe {
            if let Some(driver) = self.device.as_hal::<Vulkan>() {
                driver.invalidate_mapped_ranges(&self.raw, std::iter::once(0..self.bytes));
            }
        }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: nobody has it any more: no reader, since a loan holds it, and neither wgpu nor the device, since the callback of wgpu's
        // buffer does. It is moved out here only.
        unsafe {
            let raw = ManuallyDrop::take(&mut self.raw);
            if let Some(driver) = self.device.as_hal::<Vulkan>() {
                driver.unmap_buffer(&raw);
                driver.destroy_buffer(raw);
            }
        }
    }
}
