//! Where everything lies for the CPU backend: one linear memory that the code of every kernel and the host share.

use crate::Interface;

/// The memory of an interface on the CPU backend.
///
/// | what | where |
/// |---|---|
/// | a word that stops running code when it is not zero | [`MemoryLayout::CANCEL`] |
/// | a word in which code tells the line of a loop that did not end | [`MemoryLayout::ENDLESS`] |
/// | two words that say how many rounds such loops may make | [`MemoryLayout::LOOP_LIMIT`] |
/// | the params of the run at hand, as [`crate::Params`] lays them out | [`MemoryLayout::PARAMS`] |
/// | the buffers, the pixel store, the presented picture | [`MemoryLayout::buffers`] |
/// | room for the arrays of kernels | [`MemoryLayout::scratch`] |
/// | the resizable buffers, wherever [`crate::Wasm::starts`] tells | behind [`MemoryLayout::pages`] |
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryLayout {
    /// Where each buffer starts, in bytes: those of the interface, then, with a canvas, the pixel store and the presented picture. Resizable ones
    /// lie elsewhere.
    pub buffers: Vec<u64>,
    /// Where the scratch memory starts.
    pub scratch: u64,
    /// The size of all of it, in WebAssembly pages of 64 KiB.
    pub pages: u64,
}

impl MemoryLayout {
    /// Where the word lies that stops running code.
    pub const CANCEL: u64 = 0;
    /// Where the line of a loop is told that made more rounds than are allowed; zero if none did.
    pub const ENDLESS: u64 = 4;
    /// Where the words of [`MemoryLayout::loop_limit`] lie.
    pub const LOOP_LIMIT: u64 = 8;
    /// Loops look whether to stop after 2 to the power of this many rounds.
    pub const LOOP_STRIDE_BITS: u32 = 10;
    /// Where the params of the run at hand lie.
    pub const PARAMS: u64 = 64;
    /// How many bytes params can take.
    pub const PARAMS_BYTES: u64 = PAGE - Self::PARAMS;
    /// Resizable buffers start at multiples of this many bytes, which is what their starts are told in.
    pub const UNIT: u64 = ALIGNMENT;
    /// How much scratch memory there is, for all threads together.
    pub const SCRATCH_BYTES: u64 = 16 * 1024 * 1024;

    /// The layout for an interface.
    pub fn of(interface: &Interface) -> Self {
        let pixels = interface.canvas.map(|size| size.pixel_count() * 4);
        let sizes = interface.buffers.iter().map(|buffer| buffer.byte_size());
        Self::of_sizes(sizes.chain(pixels).chain(pixels))
    }

    /// The layout for buffers of these sizes in bytes, the pixel store and the presented picture being the last ones.
    pub fn of_sizes(sizes: impl Iterator<Item = u64>) -> Self {
        let mut end = PAGE;
        let mut place = |bytes: u64| {
            let start = end.next_multiple_of(ALIGNMENT);
            end = start + bytes;
            start
        };
        let buffers = sizes.map(&mut place).collect();
        let scratch = place(Self::SCRATCH_BYTES);
        Self { buffers, scratch, pages: end.div_ceil(PAGE) }
    }

    /// So many rounds as two words: those before the first look, and how many more looks there are.
    pub fn loop_limit(rounds: u32) -> [u32; 2] {
        [rounds & ((1 << Self::LOOP_STRIDE_BITS) - 1), rounds >> Self::LOOP_STRIDE_BITS]
    }

    /// Whether addresses need 64 bits.
    pub fn is_large(&self) -> bool {
        self.pages > (1 << 32) / PAGE
    }

    /// How many pages there can be, the resizable buffers included: all that short addresses reach, or that starts can tell.
    pub fn most_pages(&self) -> u64 {
        if self.is_large() { (1 << 32) * Self::UNIT / PAGE } else { (1 << 32) / PAGE }
    }

    /// The size of all of it, in bytes.
    pub fn bytes(&self) -> u64 {
        self.pages * PAGE
    }
}

/// What WebAssembly measures memory in.
const PAGE: u64 = 64 * 1024;
/// Buffers start at lines of the cache, so that threads that write to different ones do not get in each other's way.
const ALIGNMENT: u64 = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BufferDescription, CanvasSize, ElementType};

    #[test]
    fn nothing_overlaps() {
        let buffer =
            |size: Vec<u32>| BufferDescription { name: "a".into(), element: ElementType::Vec3, size };
        let interface = Interface {
            buffers: vec![buffer(vec![3]), buffer(vec![5, 7])],
            canvas: Some(CanvasSize { width: 3, height: 5 }),
            ..Interface::default()
        };
        let layout = MemoryLayout::of(&interface);
        assert_eq!(layout.buffers, [65_536, 65_600, 66_176, 66_240]);
        assert_eq!(layout.scratch, 66_304);
        assert_eq!(layout.pages, (66_304 + MemoryLayout::SCRATCH_BYTES).div_ceil(PAGE));
        assert!(!layout.is_large());
    }

    #[test]
    fn more_than_4_gib_needs_long_addresses() {
        let large = BufferDescription { name: "a".into(), element: ElementType::Number, size: vec![1 << 30] };
        assert!(MemoryLayout::of(&Interface { buffers: vec![large], ..Interface::default() }).is_large());
    }
}
