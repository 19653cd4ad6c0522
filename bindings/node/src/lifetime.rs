//! When interfaces end: dropping one may wait for its device, so it happens on a thread of its own; and the process
//! does not end while a driver works, since drivers do not survive the destructors of their globals.
//!
//! Node tells of its end in two ways. The main thread's `exit` event calls [`shut_down`]. Worker threads are ended after
//! it, without an event; they clean up, and the last one waits where the main thread has never loaded the addon.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::Builder;
use std::time::Duration;

use hpc::{GpuInterface, RuntimeError};
use napi::bindgen_prelude::Object;
use napi::{Env, Result};
use napi_derive::napi;

/// How long the end of the process waits for devices. One that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(5);

static ALL: Mutex<All> = Mutex::new(All { slots: Vec::new(), count: 0, environments: 0, is_exiting: false });
static ONE_LESS: Condvar = Condvar::new();

/// All interfaces of the process.
struct All {
    slots: Vec<Weak<Slot>>,
    /// How many interfaces there are, those included that are being opened or dropped.
    count: usize,
    /// How many threads of JavaScript have loaded the addon.
    environments: usize,
    is_exiting: bool,
}

fn all() -> MutexGuard<'static, All> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where a `Session` keeps its interface until it is destroyed.
pub(crate) struct Slot(Mutex<Option<Arc<Interface>>>);

impl Slot {
    pub(crate) fn new(gpu: GpuInterface, counted: Counted) -> Arc<Self> {
        let mut all = all();
        all.slots.retain(|slot| slot.strong_count() > 0);
        let slot = Arc::new(Self(Mutex::new(Some(Arc::new(Interface(Some((gpu, counted))))))));
        all.slots.push(Arc::downgrade(&slot));
        slot
    }

    /// The interface. Whoever waits for something of it holds on to it: dropping it drops what has not started.
    pub(crate) fn get(&self) -> std::result::Result<Arc<Interface>, hpc::Error> {
        let interface = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        interface.clone().ok_or(hpc::Error::Runtime(RuntimeError::Dropped))
    }

    /// Takes no more commands, and gives the device back as soon as its kernels do.
    pub(crate) fn destroy(&self) {
        let interface = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(interface) = interface {
            interface.destroy();
        }
    }
}

/// An interface that is dropped on a thread of its own.
pub(crate) struct Interface(Option<(GpuInterface, Counted)>);

impl Deref for Interface {
    type Target = GpuInterface;

    fn deref(&self) -> &GpuInterface {
        &self.0.as_ref().expect("only drop takes it").0
    }
}

impl Drop for Interface {
    fn drop(&mut self) {
        let gpu = self.0.take();
        drop_elsewhere(move || drop(gpu));
    }
}

/// One of the interfaces that are counted, from before it starts until after it is dropped.
pub(crate) struct Counted(());

impl Counted {
    pub(crate) fn new() -> Self {
        all().count += 1;
        Self(())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        all().count -= 1;
        ONE_LESS.notify_all();
    }
}

/// Something that may be the last to hold a device; dropped like an interface.
pub(crate) struct Holder<T: Send + 'static>(Option<T>);

/// A kernel.
pub(crate) type Kernel = Holder<hpc::Kernel>;

/// A profile that is being made.
pub(crate) type Profiling = Holder<hpc::Profiling>;

/// Recorded calls.
pub(crate) type CommandList = Holder<hpc::CommandList>;

/// Memory of a device that an array of JavaScript shows.
pub(crate) type Lent = Holder<hpc::Contents>;

impl<T: Send> Holder<T> {
    pub(crate) fn new(held: T) -> Self {
        Self(Some(held))
    }
}

impl Profiling {
    /// Ends it; what it gives resolves when all that was called before is done.
    pub(crate) fn stop(mut self) -> Option<hpc::StopProfile> {
        self.0.take().map(hpc::Profiling::stop)
    }
}

impl<T: Send> Deref for Holder<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_ref().expect("only drop takes it")
    }
}

impl<T: Send> DerefMut for Holder<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.as_mut().expect("only drop takes it")
    }
}

impl<T: Send> Drop for Holder<T> {
    fn drop(&mut self) {
        let Some(held) = self.0.take() else { return };
        if all().is_exiting {
            // The process gives everything back at once.
            std::mem::forget(held);
        } else {
            drop_elsewhere(move || drop(held));
        }
    }
}

/// Calls `drop_it` on a thread of its own. Where the system gives none, what it holds is dropped here and now.
fn drop_elsewhere(drop_it: impl FnOnce() + Send + 'static) {
    drop(Builder::new().name("hpc-drop".into()).spawn(drop_it));
}

/// Destroys all interfaces and waits until their devices are idle. For the end of the process.
#[napi(catch_unwind)]
pub fn shut_down() {
    all().is_exiting = true;
    destroy_all();
}

/// Notes that a thread has loaded the addon. When the last one ends, so may the process.
#[napi(module_exports)]
pub fn load(_exports: Object<'_>, env: Env) -> Result<()> {
    all().environments += 1;
    let unload = |()| {
        let is_last = {
            let mut all = all();
            all.environments -= 1;
            all.environments == 0
        };
        if is_last {
            destroy_all();
        }
    };
    env.add_env_cleanup_hook((), unload).map(drop)
}

fn destroy_all() {
    let slots = std::mem::take(&mut all().slots);
    for slot in slots.iter().filter_map(Weak::upgrade) {
        slot.destroy();
    }
    // Whether all are idle or one hangs, the process ends.
    drop(ONE_LESS.wait_timeout_while(all(), PATIENCE, |all| all.count > 0));
}
