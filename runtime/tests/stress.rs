//! Random commands from two threads, compared with a model of the queue on the host, on every backend.
//!
//! Each thread has two buffers, a uniform and a kernel of its own, whose contents the model foretells. A fifth buffer is
//! shared: what a read of it gives must be the whole of one write. In half of the sequences the interface is destroyed somewhere in the
//! middle: then reads give what the model says, or that it was dropped.
//!
//! `HPC_SEQUENCES` draws so many sequences on each backend.
#![cfg(feature = "cpu")]

mod common;
#[allow(dead_code, reason = "these kernels need little of it")]
#[path = "common/wasm.rs"]
mod wasm;

use std::ops::Range;

use artifact::{Artifact, Form, MemoryLayout, UniformField};
use common::{artifact, floats, kernel, numbers, setup};
use pollster::block_on;
use proptest::collection::vec;
use proptest::prelude::*;
use runtime::{BackendType, CommandList, Error, Kernel, ReadBuffer, Session, Setup, UniformValue};

const SIZE: usize = 64;
const NAMES: [&str; 5] = ["a0", "a1", "b0", "b1", "shared"];
const SHARED: &str = NAMES[4];

#[derive(Clone, Debug)]
enum Action {
    Write { buffer: usize, value: u8 },
    Copy { source: usize },
    Set { on: bool },
    Run { threads: u32 },
    Read { buffer: usize, elements: Range<usize> },
    DropRead { buffer: usize },
    WriteShared { value: u8 },
    ReadShared,
    Record { actions: Vec<Action> },
    Replay { times: u32 },
    Refused,
    Wait,
}

/// Actions that can be recorded.
fn recordable() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (0..2_usize, any::<u8>()).prop_map(|(buffer, value)| Action::Write { buffer, value }),
        2 => (0..2_usize).prop_map(|source| Action::Copy { source }),
        3 => any::<bool>().prop_map(|on| Action::Set { on }),
        6 => (1..=SIZE as u32).prop_map(|threads| Action::Run { threads }),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let read = (0..2_usize, 0..SIZE, 1..=SIZE).prop_map(|(buffer, start, count)| {
        let elements = start..(start + count).min(SIZE);
        Action::Read { buffer, elements }
    });
    prop_oneof![
        14 => recordable(),
        3 => read,
        1 => (0..2_usize).prop_map(|buffer| Action::DropRead { buffer }),
        1 => any::<u8>().prop_map(|value| Action::WriteShared { value }),
        1 => Just(Action::ReadShared),
        1 => vec(recordable(), 0..6).prop_map(|actions| Action::Record { actions }),
        2 => (0..40_u32).prop_map(|times| Action::Replay { times }),
        1 => Just(Action::Refused),
        1 => Just(Action::Wait),
    ]
}

/// What a thread's commands make of its buffers.
#[derive(Clone, Default)]
struct Model {
    buffers: [Vec<f32>; 2],
    on: bool,
    /// Nothing is computed on the noop backend.
    computes: bool,
}

impl Model {
    fn act(&mut self, action: &Action) {
        match *action {
            Action::Write { buffer, value } => self.buffers[buffer] = vec![f32::from(value); SIZE],
            Action::Copy { source } => self.buffers[1 - source] = self.buffers[source].clone(),
            Action::Set { on } => self.on = on,
            Action::Run { threads } if self.computes => {
                let [written, read] = &mut self.buffers;
                for (written, read) in written.iter_mut().zip(read).take(threads as usize) {
                    // Whole numbers below 2^24, so that no order of additions matters.
                    *written = (*written + *read + f32::from(u8::from(self.on))) % 65_536.0;
                }
            }
            _ => {}
        }
    }
}

/// One thread: what it calls, and what its buffers must hold.
struct Caller<'a> {
    session: &'a Session,
    kernel: Kernel,
    names: [&'static str; 2],
    uniform: &'static str,
    model: Model,
    /// The latest list, whether its uniform was on when it was recorded, and what it does.
    list: Option<(CommandList, bool, Vec<Action>)>,
    reads: Vec<(ReadBuffer, Vec<f32>)>,
    shared_reads: Vec<ReadBuffer>,
}

impl<'a> Caller<'a> {
    fn new(session: &'a Session, index: usize) -> Self {
        let computes = session.backend_type() != BackendType::Noop;
        let model = Model { buffers: [vec![0.0; SIZE], vec![0.0; SIZE]], on: false, computes };
        Self {
            session,
            kernel: kernel(session, code(session, index)),
            names: [NAMES[2 * index], NAMES[2 * index + 1]],
            uniform: ["t", "on"][index],
            model,
            list: None,
            reads: Vec::new(),
            shared_reads: Vec::new(),
        }
    }

    fn act(&mut self, action: &Action) -> Result<(), Error> {
        let Self { session, names, .. } = *self;
        match action {
            Action::Read { buffer, elements } => {
                let expected = self.model.buffers[*buffer][elements.clone()].to_vec();
                let elements = elements.start as u64..elements.end as u64;
                self.reads.push((session.read_buffer(names[*buffer], elements), expected));
            }
            Action::DropRead { buffer } => drop(session.read_buffer(names[*buffer], ..)),
            Action::WriteShared { value } => {
                session.write_buffer(SHARED, numbers(vec![f32::from(*value); SIZE]))?;
            }
            Action::ReadShared => self.shared_reads.push(session.read_buffer(SHARED, ..)),
            Action::Record { actions } => self.record(actions)?,
            Action::Replay { times } => self.replay(*times)?,
            Action::Refused => self.be_refused(),
            Action::Wait => block_on(session.on_submitted_work_done())?,
            recordable => {
                self.call(recordable)?;
                self.model.act(recordable);
            }
        }
        Ok(())
    }

    /// Calls what can also be recorded.
    fn call(&self, action: &Action) -> Result<(), Error> {
        let Self { session, names, .. } = *self;
        match *action {
            Action::Write { buffer, value } => {
                session.write_buffer(names[buffer], numbers(vec![f32::from(value); SIZE]))
            }
            Action::Copy { source } => session.copy_buffer(names[source], names[1 - source]),
            Action::Set { on } => {
                let value = match self.uniform {
                    "t" => UniformValue::Number(f64::from(u8::from(on))),
                    _ => UniformValue::Boolean(on),
                };
                session.set_uniforms([(self.uniform, value)])
            }
            Action::Run { threads } => self.kernel.run([threads, 1, 1]),
            _ => unreachable!("it cannot be recorded"),
        }
    }

    fn record(&mut self, actions: &[Action]) -> Result<(), Error> {
        match self.session.begin_recording() {
            // The other thread records.
            Err(Error::AlreadyRecording) => return Ok(()),
            other => other?,
        }
        let called = actions.iter().try_for_each(|action| self.call(action));
        let list = self.session.end_recording();
        called?;
        self.list = Some((list, self.model.on, actions.to_vec()));
        Ok(())
    }

    fn replay(&mut self, times: u32) -> Result<(), Error> {
        let Some((list, was_on, actions)) = &self.list else { return Ok(()) };
        list.replay(times)?;
        let on = self.model.on;
        for _ in 0..times {
            // The uniforms are those of the recording, each time from its beginning on.
            self.model.on = *was_on;
            actions.iter().for_each(|action| self.model.act(action));
        }
        self.model.on = on;
        Ok(())
    }

    fn be_refused(&self) {
        let Self { session, names, .. } = *self;
        session.write_buffer(names[0], numbers(vec![9.0; SIZE + 1])).unwrap_err();
        session.set_uniforms([(self.uniform, [1.0, 2.0].into())]).unwrap_err();
        session.copy_buffer(names[0], "nowhere").unwrap_err();
        self.kernel.run([0, 1, 1]).unwrap_err();
    }

    /// The latest read first, so that they are not awaited in the order in which they resolve.
    fn judge(self, is_destroyed: bool) {
        let settled = |read| match block_on(read) {
            Err(Error::Dropped) if is_destroyed => None,
            contents => Some(floats(contents)),
        };
        for (place, (read, expected)) in self.reads.into_iter().enumerate().rev() {
            if let Some(contents) = settled(read) {
                assert_eq!(contents, expected, "the read number {place} of {:?}", self.names);
            }
        }
        for read in self.shared_reads {
            let floats = settled(read).unwrap_or_else(|| vec![0.0]);
            assert!(floats.iter().all(|&float| float == floats[0]), "a torn write: {floats:?}");
        }
        for (name, expected) in self.names.into_iter().zip(self.model.buffers) {
            if !is_destroyed {
                assert_eq!(common::read(self.session, name), expected, "{name} at the end");
            }
        }
    }
}

/// The kernel of a thread: it adds its second buffer and its uniform to its first one.
fn code(session: &Session, index: usize) -> Artifact {
    if session.backend_type() != BackendType::Cpu {
        let added = ["params.t", "f32(params.on)"][index];
        let mut code = artifact(2, false, &format!("b0[id.x] = (b0[id.x] + b1[id.x] + {added}) % 65536.0;"));
        code.buffers.iter_mut().for_each(|binding| binding.buffer += 2 * index);
        return code;
    }
    let on_offset = 36;
    let mut code = wasm::artifact(session.interface(), |own| {
        own.index().store(2 * index, |own| {
            own.index().load(2 * index);
            own.index().load(2 * index + 1);
            own.code.f32_add();
            match index {
                0 => drop(own.uniform()),
                _ => drop(
                    own.code
                        .i32_const(0)
                        .i32_load(wasm::word(MemoryLayout::PARAMS + u64::from(on_offset)))
                        .f32_convert_i32_s(),
                ),
            }
            own.code.f32_add().i32_trunc_f32_s().i32_const(0xFFFF).i32_and().f32_convert_i32_s();
        });
    });
    let on = UniformField { uniform: 1, form: Form::Integer, offset: on_offset };
    code.params.uniforms.push(on);
    code
}

/// Two threads act at the same time on one session, and perhaps they destroy it once they have done so many of their actions.
fn storm(backend: BackendType, actions: &[Vec<Action>; 2], destroyed_after: Option<usize>) {
    let setup = Setup { backend: Some(backend), ..setup(&NAMES, &[SIZE as u32], None) };
    let session =
        block_on(Session::open(setup)).expect("these tests need a GPU adapter; mesa-vulkan-drivers has one");
    let callers = [0, 1].map(|index| Caller::new(&session, index));
    std::thread::scope(|scope| {
        for (mut caller, actions) in callers.into_iter().zip(actions) {
            let session = &session;
            scope.spawn(move || {
                for (place, action) in actions.iter().enumerate() {
                    if destroyed_after == Some(place) {
                        session.destroy();
                    }
                    match caller.act(action) {
                        Err(Error::Dropped) if destroyed_after.is_some() => break,
                        acted => acted.unwrap(),
                    }
                }
                caller.judge(destroyed_after.is_some());
            });
        }
    });
}

fn actions(most: usize) -> impl Strategy<Value = ([Vec<Action>; 2], Option<usize>)> {
    ([vec(action(), 1..most), vec(action(), 1..most)], proptest::option::of(0..most))
}

/// So many sequences, or as many as `HPC_SEQUENCES` says.
fn sequences(cases: u32) -> ProptestConfig {
    let wanted = std::env::var("HPC_SEQUENCES").ok().and_then(|number| number.parse().ok());
    ProptestConfig { max_shrink_iters: 40, ..ProptestConfig::with_cases(wanted.unwrap_or(cases)) }
}

proptest! {
    #![proptest_config(sequences(200))]

    #[test]
    fn the_queue_does_as_its_model((actions, destroyed_after) in actions(200)) {
        storm(BackendType::Noop, &actions, destroyed_after);
    }
}

proptest! {
    #![proptest_config(sequences(40))]

    #[test]
    fn the_cpu_does_as_the_model((actions, destroyed_after) in actions(300)) {
        storm(BackendType::Cpu, &actions, destroyed_after);
    }
}

proptest! {
    #![proptest_config(sequences(8))]

    #[test]
    fn the_device_does_as_the_model((actions, destroyed_after) in actions(300)) {
        storm(BackendType::Gpu, &actions, destroyed_after);
    }
}
