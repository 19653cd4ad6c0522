//! What takes the place of lent memory where there is none: in pages, and without Vulkan.

use std::ops::Range;
use std::sync::Arc;

use crate::queue::Lent;

/// A lender without memory to lend.
pub(crate) struct Lender;

impl Lender {
    pub(crate) fn new(_: wgpu::Device) -> Arc<Self> {
        Arc::new(Self)
    }

    pub(crate) fn lends(&self, _: u64) -> bool {
        false
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn has_lent(&self) -> bool {
        false
    }

    pub(crate) fn shrink(&self) {}

    pub(crate) fn lend(self: &Arc<Self>, _: u64, _: Range<usize>) -> Option<Loan> {
        None
    }
}

/// A loan, of which there is none here.
pub(crate) enum Loan {}

impl Loan {
    pub(crate) fn buffer(&self) -> Option<&wgpu::Buffer> {
        match *self {}
    }

    /// # Safety
    ///
    /// As that of `native/gpu/lent/vulkan.rs`; there is no value to call it with.
    pub(crate) unsafe fn arrived(self) -> Box<dyn Lent> {
        match self {}
    }
}
