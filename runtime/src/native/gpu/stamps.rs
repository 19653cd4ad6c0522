//! The device's own times of what it does, for profiles.

use std::time::Duration;

use crate::profile::Collector;
use crate::queue::{Step, Submission};

/// What a device must have for them.
const FEATURES: wgpu::Features = wgpu::Features::TIMESTAMP_QUERY;
/// How many bytes the times of a dispatch take: when it begins and ends.
const BYTES: u64 = 16;

/// What a device is asked for so that it tells them, if the adapter can.
pub(crate) fn features(adapter: &wgpu::Adapter) -> wgpu::Features {
    adapter.features() & FEATURES
}

/// The times of a submission's dispatches.
pub(crate) struct Stamps {
    set: wgpu::QuerySet,
    resolved: wgpu::Buffer,
    /// The dispatches so far.
    names: Vec<String>,
    collector: Collector,
}

impl Stamps {
    /// For a submission that is profiled, if the device tells times and there is something to tell.
    pub(crate) fn new(device: &wgpu::Device, submission: &Submission) -> Option<Self> {
        let collector = submission.profile.clone()?;
        let launches = submission.steps.iter().map(|step| match step {
            Step::Pass(launches) => launches.len() as u32,
            _ => 0,
        });
        let count: u32 = launches.sum();
        if count == 0 || !device.features().contains(FEATURES) {
            return None;
        }
        let set = device.create_query_set(&wgpu::QuerySetDescriptor {
            label: Some("times"),
            ty: wgpu::QueryType::Timestamp,
            count: 2 * count,
        });
        let resolved = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("times"),
            size: BYTES * u64::from(count),
            usage: wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC,
            mapped_at_creation: false,
        });
        Some(Self { set, resolved, names: Vec::new(), collector })
    }

    /// How many bytes its times take.
    pub(crate) fn bytes(&self) -> u64 {
        self.resolved.size()
    }

    /// What the pass of the next dispatch writes.
    pub(crate) fn next(&mut self, name: String) -> wgpu::ComputePassTimestampWrites<'_> {
        let first = 2 * self.names.len() as u32;
        self.names.push(name);
        wgpu::ComputePassTimestampWrites {
            query_set: &self.set,
            beginning_of_pass_write_index: Some(first),
            end_of_pass_write_index: Some(first + 1),
        }
    }

    /// Copies the times to the end of a download.
    pub(crate) fn copy(&self, encoder: &mut wgpu::CommandEncoder, download: &wgpu::Buffer, start: u64) {
        encoder.resolve_query_set(&self.set, 0..2 * self.names.len() as u32, &self.resolved, 0);
        encoder.copy_buffer_to_buffer(&self.resolved, 0, download, start, self.bytes());
    }

    /// Tells the profile; `period` is how many nanoseconds a tick takes.
    pub(crate) fn tell(self, bytes: &[u8], period: f32) {
        let ticks = |bytes: &[u8; 8]| {
            Duration::from_nanos((u64::from_le_bytes(*bytes) as f64 * f64::from(period)) as u64)
        };
        let times = bytes.as_chunks::<8>().0.as_chunks::<2>().0;
        let times =
            self.names.into_iter().zip(times).map(|(name, [start, end])| (name, [ticks(start), ticks(end)]));
        self.collector.add_dispatches(times.collect());
    }
}
