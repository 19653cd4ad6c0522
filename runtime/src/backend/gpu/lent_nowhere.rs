//! The same as `lent.rs` where no memory can be lent: in pages, and without Vulkan.

use std::ops::Range;
use std::sync::Arc;

use crate::queue::Lent;

/// Nobody.
pub(super) struct Lender;

impl Lender {
    pub(super) fn new(_: wgpu::Device) -> Arc<Self> {
        Arc::new(Self)
    }

    pub(super) fn lends(&self, _: u64) -> bool {
        false
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn has_lent(&self) -> bool {
        false
    }

    pub(super) fn shrink(&self) {}

    pub(super) fn lend(self: &Arc<Self>, _: u64, _: Range<usize>) -> Option<Loan> {
        None
    }
}

/// There is none.
pub(super) enum Loan {}

impl Loan {
    pub(super) fn buffer(&self) -> Option<&wgpu::Buffer> {
        match *self {}
    }

    /// # Safety
    ///
    /// As where memory is lent.
    pub(super) unsafe fn arrived(self) -> Box<dyn Lent> {
        match self {}
    }
}
