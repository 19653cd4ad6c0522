//! What interfaces share.

use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, Weak};

use crate::Error;
use crate::backend::Devices;
use crate::lock::lock;

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

    /// The context of a number: for languages whose programs cannot hold on to one before there is this code. It lives as long as interfaces are on it.
    pub fn numbered(number: u64) -> Self {
        Self::find(number).unwrap_or_else(|| Self::default().called(number))
    }

    /// The context of a number, on a device of the page's own, a `GPUDevice`. The device tells of its loss to us, too.
    ///
    /// # Errors
    ///
    /// [`Error::NoDevice`] if the browser does not let it be used.
    #[cfg(target_arch = "wasm32")]
    pub fn on_page_device(number: u64, device: &js_sys::Object) -> Result<Self, Error> {
        let make = || Some(Self(Arc::new(Devices::brought(device)?)).called(number));
        Self::find(number).or_else(make).ok_or_else(|| Error::NoDevice {
            adapter: "the page's own device".into(),
            reason: "the browser does not let it be used".into(),
        })
    }

    /// The context that has this number, if there is one.
    fn find(number: u64) -> Option<Self> {
        let numbers = numbers();
        let found = numbers.iter().find(|(known, _)| *known == number);
        found.and_then(|(_, devices)| devices.upgrade()).map(Self)
    }

    /// Gives it a number.
    fn called(self, number: u64) -> Self {
        let mut numbers = numbers();
        numbers.retain(|(known, devices)| *known != number && devices.strong_count() > 0);
        numbers.push((number, Arc::downgrade(&self.0)));
        drop(numbers);
        self
    }

    pub(crate) fn devices(&self) -> &Devices {
        &self.0
    }
}

/// The contexts that have numbers.
fn numbers() -> MutexGuard<'static, Vec<(u64, Weak<Devices>)>> {
    static NUMBERS: Mutex<Vec<(u64, Weak<Devices>)>> = Mutex::new(Vec::new());
    lock(&NUMBERS)
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Context")
    }
}
