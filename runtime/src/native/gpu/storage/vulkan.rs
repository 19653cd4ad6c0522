//! Dedicated allocations of Vulkan, as wgpu makes none.

use std::sync::atomic::{AtomicU32, Ordering};

use ash::vk;
use wgpu::hal::api::Vulkan;
use wgpu::hal::vulkan::Buffer as RawBuffer;

/// Smaller buffers share blocks: near memory is fast anyway, and allocations are few.
const MIN_BYTES: u64 = 1024 * 1024;
/// How many allocations of this kind a process has at most. Drivers have 4096 or more a device, of which wgpu needs some.
const MAX_COUNT: u32 = 1024;

/// How many there are.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// What such a buffer may be used for.
const USAGES: wgpu::BufferUsages =
    wgpu::BufferUsages::STORAGE.union(wgpu::BufferUsages::COPY_SRC).union(wgpu::BufferUsages::COPY_DST);

/// A buffer of zeros with an allocation of its own; `None` if it is small, the driver is none for Vulkan or has nothing to give.
pub(super) fn dedicated(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    descriptor: &wgpu::BufferDescriptor<'_>,
) -> Option<wgpu::Buffer> {
    let &wgpu::BufferDescriptor { size, usage, mapped_at_creation, .. } = descriptor;
    if size < MIN_BYTES || !USAGES.contains(usage) || mapped_at_creation {
        return None;
    }
    let allocation = Allocation::new(device, size)?;
    let handle = allocation.buffer;
    // SAFETY: the handle lives until the callback is called, which wgpu does when it and the device are done with the buffer, or dropped
    // uncalled. wgpu does not map it: its usage does not allow that.
    let raw = unsafe { RawBuffer::from_raw_externally_owned(handle, Box::new(move || drop(allocation))) };
    // SAFETY: it was made on this device, of this size, which is not zero, and for these usages. That it counts as initialized is made true
    // by what is submitted next, before the caller can use it.
    let buffer = unsafe { device.create_buffer_from_hal::<Vulkan>(raw, descriptor) };
    let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    encoder.clear_buffer(&buffer, 0, None);
    queue.submit([encoder.finish()]);
    Some(buffer)
}

/// A buffer of the driver's and the memory that is its alone.
struct Allocation {
    device: ash::Device,
    /// Null while it is made, as is `memory`.
    buffer: vk::Buffer,
    memory: vk::DeviceMemory,
}

impl Allocation {
    fn new(device: &wgpu::Device, bytes: u64) -> Option<Self> {
        // SAFETY: the driver's device is used for a buffer of our own only; nothing of wgpu's is destroyed.
        let driver = unsafe { device.as_hal::<Vulkan>() }?;
        let (instance, physical) = (driver.shared_instance().raw_instance(), driver.raw_physical_device());
        // SAFETY: the device is one of the instance's.
        let (properties, memory) = unsafe {
            let properties = instance.get_physical_device_properties(physical);
            (properties, instance.get_physical_device_memory_properties(physical))
        };
        // Earlier ones know no dedicated allocations.
        if properties.api_version < vk::API_VERSION_1_1 {
            return None;
        }
        if COUNT.fetch_add(1, Ordering::Relaxed) >= MAX_COUNT {
            COUNT.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        // Its drop frees what there is by then, and counts it back.
        let mut made = Self {
            device: driver.raw_device().clone(),
            buffer: vk::Buffer::null(),
            memory: vk::DeviceMemory::null(),
        };
        let usage = vk::BufferUsageFlags::STORAGE_BUFFER
            | vk::BufferUsageFlags::TRANSFER_SRC
            | vk::BufferUsageFlags::TRANSFER_DST;
        let info = vk::BufferCreateInfo::default().size(bytes).usage(usage);
        // SAFETY: the device lives, as `driver` does. The size is not zero, and one queue family uses the buffer, as wgpu has no more.
        let needed = unsafe {
            made.buffer = made.device.create_buffer(&info, None).ok()?;
            made.device.get_buffer_memory_requirements(made.buffer)
        };
        let kind = device_local(&memory, needed.memory_type_bits)?;
        let mut dedicated = vk::MemoryDedicatedAllocateInfo::default().buffer(made.buffer);
        let info = vk::MemoryAllocateInfo::default()
            .allocation_size(needed.size)
            .memory_type_index(kind)
            .push_next(&mut dedicated);
        // SAFETY: the memory is of a kind and size that the buffer needs, and the buffer is not bound yet.
        unsafe {
            made.memory = made.device.allocate_memory(&info, None).ok()?;
            made.device.bind_buffer_memory(made.buffer, made.memory, 0).ok()?;
        }
        Some(made)
    }
}

impl Drop for Allocation {
    fn drop(&mut self) {
        // SAFETY: the device lives: it made these just now, or wgpu tells of the buffer's end, before that of its device. Nobody uses them any
        // more, neither wgpu nor the device, as `dedicated` says. Null is freed by doing nothing.
        unsafe {
            self.device.destroy_buffer(self.buffer, None);
            self.device.free_memory(self.memory, None);
        }
        COUNT.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The first kind of memory among the allowed that is the device's own.
fn device_local(memory: &vk::PhysicalDeviceMemoryProperties, allowed: u32) -> Option<u32> {
    let is_local =
        |kind: &vk::MemoryType| kind.property_flags.contains(vk::MemoryPropertyFlags::DEVICE_LOCAL);
    let mut kinds = (0..).zip(memory.memory_types_as_slice());
    kinds.find(|(at, kind)| allowed & (1 << at) != 0 && is_local(kind)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(flags: &[vk::MemoryPropertyFlags]) -> vk::PhysicalDeviceMemoryProperties {
        let mut memory = vk::PhysicalDeviceMemoryProperties {
            memory_type_count: flags.len() as u32,
            ..Default::default()
        };
        for (kind, &property_flags) in memory.memory_types.iter_mut().zip(flags) {
            kind.property_flags = property_flags;
        }
        memory
    }

    #[test]
    fn memory_is_the_device_s_own_and_one_that_the_buffer_allows() {
        let (local, host) = (vk::MemoryPropertyFlags::DEVICE_LOCAL, vk::MemoryPropertyFlags::HOST_VISIBLE);
        let memory = memory(&[host, local, host | local]);
        assert_eq!(device_local(&memory, 0b111), Some(1));
        assert_eq!(device_local(&memory, 0b101), Some(2));
        assert_eq!(device_local(&memory, 0b001), None);
    }
}
