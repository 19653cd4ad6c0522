//! Buffers that others have, too.

use std::sync::Mutex;

use super::{Error, Request, foreign, scoped};
use crate::External;
use crate::lock::lock;

/// The buffers of the device that others can have, by their places.
#[derive(Default)]
pub(super) struct Handles(Mutex<Vec<Option<wgpu::Buffer>>>);

impl Handles {
    /// Puts one to its place, or says that there is none.
    pub(super) fn set(&self, place: usize, buffer: Option<wgpu::Buffer>) {
        let mut handles = lock(&self.0);
        let count = handles.len().max(place + 1);
        handles.resize(count, None);
        handles[place] = buffer;
    }

    /// The one at a place.
    pub(super) fn get(&self, place: usize) -> Option<wgpu::Buffer> {
        lock(&self.0).get(place).cloned().flatten()
    }
}

/// The buffers of a request that the program has made, at their places.
///
/// # Errors
///
/// [`Error::ExternalBuffer`] if one cannot be used: too small, of another device, or destroyed.
pub(super) async fn given(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    request: &Request,
) -> Result<Vec<Option<wgpu::Buffer>>, Error> {
    let mut taken = Vec::new();
    for asked in &request.buffers {
        let Some(External::Given(given)) = &asked.external else {
            taken.push(None);
            continue;
        };
        let refused = |reason: String| Error::ExternalBuffer { what: asked.label.clone(), reason };
        let buffer = foreign::buffer(device, given, asked).map_err(refused)?;
        let tried = scoped(device, "a buffer that was given", || touch(device, queue, &buffer)).await;
        tried.map_err(|_| {
            refused("it is of another device than the interface, mapped, or destroyed".into())
        })?;
        taken.push(Some(buffer));
    }
    Ok(taken)
}

/// Submits something that a device takes with its own buffers only, and that does nothing.
fn touch(device: &wgpu::Device, queue: &wgpu::Queue, buffer: &wgpu::Buffer) {
    let none = wgpu::BufferDescriptor {
        label: None,
        size: 4,
        usage: wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    };
    let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    encoder.copy_buffer_to_buffer(buffer, 0, &device.create_buffer(&none), 0, 4);
    queue.submit([encoder.finish()]);
}

/// What all buffers that kernels see are used for.
pub(super) const STORAGE: wgpu::BufferUsages =
    wgpu::BufferUsages::STORAGE.union(wgpu::BufferUsages::COPY_SRC).union(wgpu::BufferUsages::COPY_DST);
