//! wgpu as everyone has it, on the adapter that ours runs on.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use benches::Outcome;
use benches::ours::milliseconds;
use hpc::AdapterInfo;
use wgpu::BufferUsages;

use crate::rate::Method;

/// Large writes go in parts of so many bytes, as each takes memory of its size.
const PART: usize = 64 << 20;

/// A device, and what went wrong on it.
pub(crate) struct Device {
    device: wgpu::Device,
    queue: wgpu::Queue,
    faults: Arc<Mutex<Vec<String>>>,
}

impl Device {
    /// Opens the adapter that has this name and driver.
    ///
    /// # Errors
    ///
    /// There is none, or it does not open.
    pub(crate) fn open(wanted: &AdapterInfo) -> Outcome<Self> {
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        // As ours: without the validation layers of debug builds.
        descriptor.flags = wgpu::InstanceFlags::empty();
        let instance = wgpu::Instance::new(descriptor);
        let adapters = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::all()));
        let is_wanted = |adapter: &wgpu::Adapter| {
            let info = adapter.get_info();
            info.name == wanted.name
                && format!("{} {}", info.driver, info.driver_info).trim() == wanted.driver
        };
        let adapter = adapters.into_iter().find(is_wanted);
        let adapter = adapter.ok_or_else(|| format!("wgpu finds no adapter {}", wanted.name))?;
        let descriptor =
            wgpu::DeviceDescriptor { required_limits: adapter.limits(), ..wgpu::DeviceDescriptor::default() };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor))
            .map_err(|error| format!("{} does not open: {error}", wanted.name))?;
        let faults = Arc::<Mutex<Vec<String>>>::default();
        let theirs = faults.clone();
        device.on_uncaptured_error(Arc::new(move |error| {
            theirs.lock().unwrap_or_else(PoisonError::into_inner).push(error.to_string());
        }));
        Ok(Self { device, queue, faults })
    }

    /// A buffer of so many bytes for kernels.
    pub(crate) fn buffer(&self, bytes: u64) -> wgpu::Buffer {
        self.make(bytes, BufferUsages::STORAGE | BufferUsages::COPY_SRC | BufferUsages::COPY_DST)
    }

    /// A buffer of so many bytes that the host can map to read.
    pub(crate) fn readable(&self, bytes: u64) -> wgpu::Buffer {
        self.make(bytes, BufferUsages::MAP_READ | BufferUsages::COPY_DST)
    }

    fn make(&self, size: u64, usage: BufferUsages) -> wgpu::Buffer {
        let descriptor = wgpu::BufferDescriptor { label: None, size, usage, mapped_at_creation: false };
        self.device.create_buffer(&descriptor)
    }

    /// A buffer that holds `bytes`.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn filled(&self, bytes: &[u8]) -> Outcome<wgpu::Buffer> {
        let buffer = self.buffer(bytes.len() as u64);
        self.write(&buffer, bytes)?;
        Ok(buffer)
    }

    /// Writes `bytes` to a buffer and waits.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn write(&self, buffer: &wgpu::Buffer, bytes: &[u8]) -> Outcome {
        for (index, part) in bytes.chunks(PART).enumerate() {
            self.queue.write_buffer(buffer, (index * PART) as u64, part);
            self.queue.submit([]);
        }
        self.wait()
    }

    /// What a buffer holds.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn read(&self, buffer: &wgpu::Buffer) -> Outcome<Vec<f32>> {
        self.read_through(buffer, &self.readable(buffer.size()), <[f32]>::to_vec)
    }

    /// Copies a buffer to another one that the host can map, and shows what is there to `look`.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn read_through<T>(
        &self,
        buffer: &wgpu::Buffer,
        readable: &wgpu::Buffer,
        look: impl FnOnce(&[f32]) -> T,
    ) -> Outcome<T> {
        let mut encoder = self.encoder();
        encoder.copy_buffer_to_buffer(buffer, 0, readable, 0, buffer.size());
        self.queue.submit([encoder.finish()]);
        // A failure shows when the range is taken.
        readable.map_async(wgpu::MapMode::Read, .., |_| {});
        self.wait()?;
        let view = readable.get_mapped_range(..).map_err(|error| error.to_string())?;
        let seen = look(bytemuck::cast_slice(&view));
        drop(view);
        readable.unmap();
        Ok(seen)
    }

    /// A compute pipeline.
    ///
    /// # Errors
    ///
    /// What wgpu says of the text.
    pub(crate) fn pipeline(&self, text: &str, constants: &[(&str, f64)]) -> Outcome<wgpu::ComputePipeline> {
        let source = wgpu::ShaderSource::Wgsl(text.into());
        let module = self.device.create_shader_module(wgpu::ShaderModuleDescriptor { label: None, source });
        let compilation_options =
            wgpu::PipelineCompilationOptions { constants, ..wgpu::PipelineCompilationOptions::default() };
        let pipeline = self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: None,
            layout: None,
            module: &module,
            entry_point: Some("main"),
            compilation_options,
            cache: None,
        });
        self.faultless().map(|()| pipeline)
    }

    /// Binds buffers, from binding 0 on.
    pub(crate) fn bind_group<'b>(
        &self,
        pipeline: &wgpu::ComputePipeline,
        buffers: impl Iterator<Item = &'b wgpu::Buffer>,
    ) -> wgpu::BindGroup {
        let entries: Vec<_> = (0..)
            .zip(buffers)
            .map(|(binding, buffer)| wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() })
            .collect();
        self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &pipeline.get_bind_group_layout(0),
            entries: &entries,
        })
    }

    /// Starts to gather commands.
    pub(crate) fn encoder(&self) -> wgpu::CommandEncoder {
        self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default())
    }

    /// Submits commands and waits for their end.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn finish(&self, encoder: wgpu::CommandEncoder) -> Outcome {
        self.queue.submit([encoder.finish()]);
        self.wait()
    }

    fn wait(&self) -> Outcome {
        self.device.poll(wgpu::PollType::wait_indefinitely()).map_err(|error| error.to_string())?;
        self.faultless()
    }

    fn faultless(&self) -> Outcome {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.drain(..).next().map_or(Ok(()), Err)
    }

    /// The rate at which the device copies so many bytes from one buffer to another, in GB/s, each byte counted twice.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn copy_rate(&self, bytes: u64, method: Method) -> Outcome<f64> {
        let [source, destination] = [self.buffer(bytes), self.buffer(bytes)];
        let seconds = method.seconds(|times| {
            let start = Instant::now();
            let mut encoder = self.encoder();
            for _ in 0..times {
                encoder.copy_buffer_to_buffer(&source, 0, &destination, 0, bytes);
            }
            self.finish(encoder)?;
            Ok(milliseconds(start))
        })?;
        Ok(2.0 * bytes as f64 / seconds / 1e9)
    }
}
