//! When interfaces end: dropping one may wait for its device, so it happens on other threads; and the process
//! does not end while a driver works, since drivers do not survive the destructors of their globals.
//!
//! Node tells of its end in two ways. The main thread's `exit` event calls [`shut_down`]. Worker threads are ended after
//! it, or at any time, without an event: they clean up, which destroys their interfaces, as nobody can reach these any more. The last one
//! to clean up waits, where the main thread has never loaded the addon.
//!
//! After the `exit` event threads of JavaScript may go on for a while, and nothing of Node's is called for sure. So it is the C library that
//! waits, before it calls the destructors of drivers that were loaded by then. Devices have [`PATIENCE`]; if one is still at work then,
//! the process ends at once with its exit code, without destructors.

use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{ThreadId, current};
use std::time::{Duration, Instant};

use hpc::{GpuInterface, RuntimeError};
use napi::bindgen_prelude::Object;
use napi::{Env, Result};
use napi_derive::napi;

use crate::promise::Pool;

/// How long the end of the process waits for devices. One that takes longer hangs, or has work that nobody waits for.
const PATIENCE: Duration = Duration::from_secs(1);

static ALL: Mutex<All> =
    Mutex::new(All { slots: Vec::new(), count: 0, environments: 0, deadline: None, exit_code: None });
static ONE_LESS: Condvar = Condvar::new();

/// All interfaces of the process.
struct All {
    /// With the threads whose JavaScript has opened them.
    slots: Vec<(ThreadId, Weak<Slot>)>,
    /// How many interfaces there are, those included that are being opened or dropped, and what else is being dropped.
    count: usize,
    /// How many threads of JavaScript have loaded the addon.
    environments: usize,
    /// Until when the end waits, once it has begun.
    deadline: Option<Instant>,
    /// The exit code of the process, once it ends.
    exit_code: Option<i32>,
}

fn all() -> MutexGuard<'static, All> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where a `Session` keeps its interface until it is destroyed.
pub(crate) struct Slot(Mutex<Option<Arc<Interface>>>);

impl Slot {
    /// For the thread of JavaScript that calls this.
    pub(crate) fn new(gpu: GpuInterface, counted: Counted) -> Arc<Self> {
        let mut all = all();
        all.slots.retain(|(_, slot)| slot.strong_count() > 0);
        let slot = Arc::new(Self(Mutex::new(Some(Arc::new(Interface(Some((gpu, counted))))))));
        all.slots.push((current().id(), Arc::downgrade(&slot)));
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

/// An interface that is dropped on another thread.
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

/// One of the interfaces that are counted, from before it starts until after it is dropped, or something of one that is being dropped.
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
        if all().exit_code.is_some() {
            // The process gives everything back at once.
            std::mem::forget(held);
        } else {
            drop_elsewhere(move || drop(held));
        }
    }
}

/// Calls `drop_it` on one of few other threads. Where the system gives none, here and now. It may be the last that gives a device back, which
/// the end of the process waits for.
fn drop_elsewhere(drop_it: impl FnOnce() + Send + 'static) {
    let counted = Counted::new();
    let drop_it = move || {
        drop_it();
        drop(counted);
    };
    match Pool::Dropping.threads() {
        // A panic in it must not end the thread, of which there are few.
        Some(threads) => threads.spawn_ok(async move { drop(catch_unwind(AssertUnwindSafe(drop_it))) }),
        None => drop_it(),
    }
}

/// Destroys all interfaces, for the end of the process with this exit code; it waits until their devices are idle.
#[napi(catch_unwind)]
pub fn shut_down(code: i32) {
    all().exit_code = Some(code);
    destroy(|_| true);
    if !wait_at_exit() {
        wait();
    }
}

/// Notes that a thread has loaded the addon. When it ends, so do its interfaces; when the last one does, so may the process.
#[napi(module_exports)]
pub fn load(_exports: Object<'_>, env: Env) -> Result<()> {
    let mut all = all();
    if all.environments == 0 {
        all.deadline = None;
    }
    all.environments += 1;
    drop(all);
    env.add_env_cleanup_hook((), |()| unload()).map(drop)
}

fn unload() {
    let this = current().id();
    let (is_last, is_exiting) = {
        let mut all = all();
        all.environments -= 1;
        (all.environments == 0, all.exit_code.is_some())
    };
    destroy(|thread| is_last || is_exiting || thread == this);
    if is_last && !is_exiting {
        wait();
    }
}

/// Destroys the interfaces of certain threads.
fn destroy(of: impl Fn(ThreadId) -> bool) {
    let mut all = all();
    let slots = std::mem::take(&mut all.slots);
    let (theirs, others): (Vec<_>, _) = slots.into_iter().partition(|(thread, _)| of(*thread));
    all.slots = others;
    drop(all);
    theirs.iter().filter_map(|(_, slot)| slot.upgrade()).for_each(|slot| slot.destroy());
}

/// Waits until all interfaces are gone; false if that takes too long.
fn wait() -> bool {
    let mut all = all();
    let deadline = *all.deadline.get_or_insert_with(|| Instant::now() + PATIENCE);
    let left = deadline.saturating_duration_since(Instant::now());
    let waited = ONE_LESS.wait_timeout_while(all, left, |all| all.count > 0);
    !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
}

/// Has the C library wait when the process exits; false if it does not.
#[cfg(unix)]
fn wait_at_exit() -> bool {
    extern "C" fn at_exit() {
        let code = all().exit_code.unwrap_or_default();
        if !wait() {
            // SAFETY: it does not return, and what it leaves undone nobody can see.
            unsafe { libc::_exit(code) }
        }
    }
    // SAFETY: the function stays, as Node never unloads an addon that the main thread has loaded.
    unsafe { libc::atexit(at_exit) == 0 }
}

/// Other systems are not asked.
#[cfg(not(unix))]
fn wait_at_exit() -> bool {
    false
}
