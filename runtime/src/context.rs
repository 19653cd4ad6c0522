//! What interfaces share.

use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::Error;
use crate::backend::Devices;

/// Where interfaces share what costs much: those of one context that compute on the same GPU are on one device, with one queue, one thread that waits for it and
/// one pool of memory for transfers. The device is opened with the first of them, and closed after the last.
///
/// Each interface has an order of its own; on the device the work of all of them is done in the order in which it gets there. If the device is lost, all of them are told.
#[derive(Clone, Default)]
pub struct Context(Arc<Devices>);

impl Context {
    /// A context that shares nothing with others.
    pub fn new() -> Self {
        Self::default()
    }

    /// The context of the process, or of the page or the worker: what interfaces are on that name none.
    pub fn usual() -> Self {
        static USUAL: LazyLock<Context> = LazyLock::new(Context::default);
        USUAL.clone()
    }

    /// A context on a device of the program's own, with which it renders, say. Interfaces of the context are on it and on no other, whatever they say about
    /// adapters; that they compute on a GPU is settled.
    ///
    /// The device tells of its loss to this context from now on ([`wgpu::Device::set_device_lost_callback`] has room for one): calls of interfaces give
    /// [`Error::DeviceLost`] then. What is refused outside of error scopes is told as before.
    ///
    /// wgpu is part of this crate's interface here: take it from where this crate exports it, so that the versions are the same.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the system gives no thread that waits for the device.
    pub fn from_wgpu(
        adapter: &wgpu::Adapter,
        device: wgpu::Device,
        queue: wgpu::Queue,
    ) -> Result<Self, Error> {
        Devices::given(adapter, device, queue).map(|devices| Self(Arc::new(devices)))
    }

    pub(crate) fn devices(&self) -> &Devices {
        &self.0
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Context")
    }
}
