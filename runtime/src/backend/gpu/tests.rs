//! What only the inside of the backend can bring about: a lost device.

use std::sync::Arc;

use pollster::block_on;

use super::*;
use crate::backend::BufferRequest;
use crate::health::Pending;
use crate::queue::{Command, Queue, Read};

fn queue() -> (wgpu::Device, Queue) {
    let health = Arc::new(Health::default());
    let buffer = BufferRequest { label: "a buffer".into(), bytes: 1 << 20 };
    let request =
        Request { adapter: None, buffers: vec![buffer], named: 1, screen: None, health: health.clone() };
    let adapter = block_on(adapter::choose(None)).expect("these tests need a GPU adapter");
    let (device, executor, _) = block_on(open(&adapter, request)).expect("these tests need a GPU adapter");
    let queue = Queue::new(Box::new(executor), device.capabilities.clone(), health).unwrap();
    (device.device, queue)
}

fn read(queue: &Queue) -> Pending<Vec<u32>> {
    let (reply, pending) = Pending::new(queue.health());
    let command = Command::ReadBuffer(Read { buffer: 0, start: 0, bytes: 1 << 20, zero_pads: false, reply });
    queue.push(command).map_or_else(Pending::refused, |()| pending)
}

#[test]
fn every_future_settles_when_the_device_is_lost() {
    let (device, queue) = queue();
    let before: Vec<_> = (0..100).map(|_| read(&queue)).collect();
    device.destroy();
    let after: Vec<_> = (0..100).map(|_| read(&queue)).collect();
    let results: Vec<_> = before.into_iter().chain(after).map(block_on).collect();
    assert!(results.last().is_some_and(Result::is_err));
    // It may take until the first answer, but then every call tells.
    assert!(queue.check().is_err());
    assert!(block_on(read(&queue)).is_err());
}

#[test]
fn a_failure_told_from_outside_stops_the_queue() {
    let (_device, queue) = queue();
    let lost = Error::DeviceLost { reason: "a test".into() };
    queue.health().fail(lost.clone());
    assert_eq!(block_on(read(&queue)), Err(lost));
}
