//! Devices that interfaces share: one of each adapter for a context, as long as an interface is on it.

use std::sync::{Arc, Mutex, OnceLock, Weak};

use super::ahead::Ahead;
use super::waiter::Poller;
use super::{Staging, adapter, request_device};
use crate::backend::{AdapterInfo, Capabilities};
use crate::health::{Pending, Reply};
use crate::lock::lock;
use crate::{Error, Health};

/// A device, its queue, and what all who are on it have in common.
pub(crate) struct SharedDevice {
    pub(super) info: AdapterInfo,
    /// The adapter in the words of messages about adapters.
    pub(super) title: String,
    /// What it can do, as usual: interfaces may ask for less.
    pub(super) usual: Capabilities,
    pub(super) native_doubles: bool,
    pub(super) float_atomics: bool,
    pub(crate) device: wgpu::Device,
    pub(crate) queue: wgpu::Queue,
    pub(crate) staging: Staging,
    pub(super) ahead: Arc<Ahead>,
    pub(crate) poller: Poller,
    pub(crate) clients: Arc<Clients>,
}

impl SharedDevice {
    /// Opens a device of the adapter that is wanted, or else of the preferred one; one that computes on the CPU only if `software` will do. Or takes the one that was brought,
    /// whatever it is.
    ///
    /// # Errors
    ///
    /// [`Error::NoAdapter`], [`Error::NoDevice`], and [`Error::Internal`] if the system gives no thread.
    pub(super) async fn open(
        wanted: Option<&str>,
        software: bool,
        brought: Option<&wgpu::Instance>,
    ) -> Result<Self, Error> {
        let adapter = adapter::choose(wanted, brought).await?;
        let found = adapter.get_info();
        if !software && brought.is_none() && adapter::describe(&found).is_software() {
            return Err(Error::NoAdapter { wanted: None, found: vec![adapter::title(&found)] });
        }
        let limits = adapter::limits(&adapter);
        let (device, queue) = request_device(&adapter, limits.clone(), &adapter::describe(&found)).await?;
        let shared = Self::of(&found, &limits, device, queue)?;
        shared.watch_loss();
        // Of a device that was brought its owner is told, as before.
        if brought.is_none() {
            let note = super::refusals(&shared.clients, &shared.staging);
            let told = move |error| note(super::translate(error, "a submission"));
            shared.device.on_uncaptured_error(Arc::new(told));
        }
        Ok(shared)
    }

    /// What there is to share of a device.
    pub(super) fn of(
        found: &wgpu::AdapterInfo,
        limits: &wgpu::Limits,
        device: wgpu::Device,
        queue: wgpu::Queue,
    ) -> Result<Self, Error> {
        let clients = Arc::<Clients>::default();
        let staging = Staging::new(&device);
        let poller = Poller::start(&device, &queue, &staging, &clients)?;
        let features = device.features();
        Ok(Self {
            info: adapter::describe(found),
            title: adapter::title(found),
            usual: adapter::capabilities(limits, found),
            native_doubles: adapter::has_doubles(features),
            float_atomics: adapter::has_float_atomics(features),
            device,
            queue,
            staging,
            ahead: Arc::default(),
            poller,
            clients,
        })
    }

    /// Has wgpu tell of the device's loss.
    fn watch_loss(&self) {
        let clients = self.clients.clone();
        self.device.set_device_lost_callback(move |reason, message| {
            let reason = match reason {
                wgpu::DeviceLostReason::Unknown => message,
                wgpu::DeviceLostReason::Destroyed => "it was destroyed".into(),
            };
            clients.fail(Error::DeviceLost { reason });
        });
    }
}

impl Drop for SharedDevice {
    fn drop(&mut self) {
        self.poller.shut_down();
        self.ahead.end();
    }
}

/// Who is on a device, and must know that it is lost.
#[derive(Default)]
pub(crate) struct Clients {
    healths: Mutex<Vec<Weak<Health>>>,
    lost: OnceLock<Error>,
}

impl Clients {
    /// One more is on it.
    pub(super) fn join(&self, health: &Arc<Health>) {
        let mut healths = lock(&self.healths);
        healths.retain(|health| health.strong_count() > 0);
        healths.push(Arc::downgrade(health));
        drop(healths);
        // Lost before, or just now.
        self.lost.get().into_iter().for_each(|error| health.fail(error.clone()));
    }

    /// Tells all of a fatal error; nobody comes to the device any more.
    pub(crate) fn fail(&self, error: Error) {
        let error = self.lost.get_or_init(|| error).clone();
        let healths: Vec<_> = lock(&self.healths).iter().filter_map(Weak::upgrade).collect();
        // It may wake others.
        healths.iter().for_each(|health| health.fail(error.clone()));
    }

    /// If one of them learns that the device is lost, all do.
    pub(crate) fn note(&self, error: &Error) {
        if matches!(error, Error::DeviceLost { .. }) {
            self.fail(error.clone());
        }
    }
}

/// The devices of a context.
#[derive(Default)]
pub(crate) struct Devices {
    /// The one that its maker brought, which all take then.
    given: Option<Arc<SharedDevice>>,
    /// Where the only device is one that the page brought.
    brought: Option<wgpu::Instance>,
    opened: Mutex<Vec<Known>>,
}

/// A device that is there, or being opened.
struct Known {
    wanted: Option<String>,
    device: Weak<SharedDevice>,
    /// Who waits while it is opened.
    opening: Option<Vec<Reply<()>>>,
}

/// What there is of a device.
enum Look {
    There(Arc<SharedDevice>),
    /// It was lost, and there is no other.
    Lost(Error),
    /// Somebody else opens it.
    Awaited(Pending<()>),
    /// Nobody has begun to open it.
    Missing,
}

impl Devices {
    /// Those of a context with this device alone, which somebody else has opened. What wgpu refuses outside of any scope is told to them, as before.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the system gives no thread.
    pub(crate) fn given(
        adapter: &wgpu::Adapter,
        device: wgpu::Device,
        queue: wgpu::Queue,
    ) -> Result<Self, Error> {
        let limits = device.limits();
        let device = SharedDevice::of(&adapter.get_info(), &limits, device, queue)?;
        device.watch_loss();
        Ok(Self { given: Some(Arc::new(device)), ..Self::default() })
    }

    /// Those of a context with this device alone, which the page has opened; `None` if the browser does not let it be used.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn brought(device: &js_sys::Object) -> Option<Self> {
        let brought = Some(super::foreign::instance(device)?);
        Some(Self { brought, ..Self::default() })
    }

    /// Whether there is one that somebody else has opened.
    pub(crate) fn is_given(&self) -> bool {
        self.given.is_some() || self.brought.is_some()
    }

    /// The device of an adapter: the one that others are on, unless it was lost, or a new one.
    ///
    /// # Errors
    ///
    /// Those of [`SharedDevice::open`], and the loss of a device that was brought.
    pub(super) async fn get(
        &self,
        wanted: Option<String>,
        software: bool,
    ) -> Result<Arc<SharedDevice>, Error> {
        if let Some(given) = &self.given {
            return given.clients.lost.get().cloned().map_or_else(|| Ok(given.clone()), Err);
        }
        loop {
            match self.look(&wanted) {
                Look::There(device) if !software && !self.is_given() && device.info.is_software() => {
                    return Err(Error::NoAdapter { wanted: None, found: vec![device.title.clone()] });
                }
                Look::There(device) => return Ok(device),
                Look::Lost(error) => return Err(error),
                // Then it is there, or it is for us to open one.
                Look::Awaited(opened) => drop(opened.await),
                Look::Missing => {
                    let turn = Turn { devices: self, wanted: &wanted };
                    let device = Arc::new(
                        SharedDevice::open(wanted.as_deref(), software, self.brought.as_ref()).await?,
                    );
                    turn.end(Some(&device));
                    return Ok(device);
                }
            }
        }
    }

    fn look(&self, wanted: &Option<String>) -> Look {
        let mut opened = lock(&self.opened);
        let Some(known) = opened.iter_mut().find(|known| known.wanted == *wanted) else {
            let (wanted, opening) = (wanted.clone(), Some(Vec::new()));
            opened.push(Known { wanted, device: Weak::new(), opening });
            return Look::Missing;
        };
        if let Some(waiting) = &mut known.opening {
            let (reply, pending) = Pending::new(&Arc::default());
            waiting.push(reply);
            return Look::Awaited(pending);
        }
        let device = known.device.upgrade();
        let lost = device.as_ref().and_then(|device| device.clients.lost.get().cloned());
        match (device, lost) {
            (Some(device), None) => Look::There(device),
            (_, Some(error)) if self.brought.is_some() => Look::Lost(error),
            _ => {
                known.opening = Some(Vec::new());
                Look::Missing
            }
        }
    }
}

/// The turn of whoever opens a device. It ends in any case, or the others would wait for ever.
struct Turn<'a> {
    devices: &'a Devices,
    wanted: &'a Option<String>,
}

impl Turn<'_> {
    fn end(&self, device: Option<&Arc<SharedDevice>>) {
        let mut opened = lock(&self.devices.opened);
        let Some(known) = opened.iter_mut().find(|known| known.wanted == *self.wanted) else { return };
        known.device = device.map_or_else(|| known.device.clone(), Arc::downgrade);
        let waiting = known.opening.take();
        drop(opened);
        waiting.into_iter().flatten().for_each(|reply| reply.send(Ok(())));
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.end(None);
    }
}
