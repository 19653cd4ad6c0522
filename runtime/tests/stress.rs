//! Random commands from two threads, compared with a model of the queue on the host.
//!
//! Each thread has two buffers, a uniform and a kernel of its own, whose contents the model foretells. A fifth buffer is
//! shared: what a read of it gives must be the whole of one write.

mod common;

use common::{artifact, floats, kernel, numbers, open, setup};
use pollster::block_on;
use proptest::collection::vec;
use proptest::prelude::*;
use runtime::{BackendType, Kernel, ReadBuffer, Session, Setup, UniformValue};

const SIZE: usize = 64;
const NAMES: [&str; 5] = ["a0", "a1", "b0", "b1", "shared"];
const SHARED: &str = NAMES[4];

type Contents = [f32; SIZE];

#[derive(Clone, Debug)]
enum Action {
    Write { buffer: usize, value: u8 },
    Copy { source: usize },
    Set { on: bool },
    Run { threads: u32 },
    Read { buffer: usize },
    DropRead { buffer: usize },
    WriteShared { value: u8 },
    ReadShared,
    Refused,
    Wait,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (0..2_usize, any::<u8>()).prop_map(|(buffer, value)| Action::Write { buffer, value }),
        2 => (0..2_usize).prop_map(|source| Action::Copy { source }),
        3 => any::<bool>().prop_map(|on| Action::Set { on }),
        6 => (1..=SIZE as u32).prop_map(|threads| Action::Run { threads }),
        3 => (0..2_usize).prop_map(|buffer| Action::Read { buffer }),
        1 => (0..2_usize).prop_map(|buffer| Action::DropRead { buffer }),
        1 => any::<u8>().prop_map(|value| Action::WriteShared { value }),
        1 => Just(Action::ReadShared),
        1 => Just(Action::Refused),
        1 => Just(Action::Wait),
    ]
}

/// One thread: what it calls, and what its buffers must hold.
struct Caller<'a> {
    session: &'a Session,
    kernel: Kernel,
    names: [&'static str; 2],
    uniform: &'static str,
    buffers: [Contents; 2],
    on: bool,
    reads: Vec<(ReadBuffer, Contents)>,
    shared_reads: Vec<ReadBuffer>,
}

impl<'a> Caller<'a> {
    fn new(session: &'a Session, index: usize) -> Self {
        let (uniform, added) = [("t", "params.t"), ("on", "f32(params.on)")][index];
        let mut code = artifact(2, false, &format!("b0[id.x] = b0[id.x] + b1[id.x] + {added};"));
        code.buffers.iter_mut().for_each(|binding| binding.buffer += 2 * index);
        Self {
            session,
            kernel: kernel(session, code),
            names: [NAMES[2 * index], NAMES[2 * index + 1]],
            uniform,
            buffers: [[0.0; SIZE]; 2],
            on: false,
            reads: Vec::new(),
            shared_reads: Vec::new(),
        }
    }

    fn act(&mut self, action: &Action) {
        let Self { session, names, .. } = *self;
        match *action {
            Action::Write { buffer, value } => {
                self.buffers[buffer] = [f32::from(value); SIZE];
                session.write_buffer(names[buffer], numbers(self.buffers[buffer].to_vec())).unwrap();
            }
            Action::Copy { source } => {
                self.buffers[1 - source] = self.buffers[source];
                session.copy_buffer(names[source], names[1 - source]).unwrap();
            }
            Action::Set { on } => self.set(on),
            Action::Run { threads } => self.run(threads),
            Action::Read { buffer } => {
                self.reads.push((session.read_buffer(names[buffer], ..), self.buffers[buffer]));
            }
            Action::DropRead { buffer } => drop(session.read_buffer(names[buffer], ..)),
            Action::WriteShared { value } => {
                session.write_buffer(SHARED, numbers(vec![f32::from(value); SIZE])).unwrap();
            }
            Action::ReadShared => self.shared_reads.push(session.read_buffer(SHARED, ..)),
            Action::Refused => self.be_refused(),
            Action::Wait => block_on(session.on_submitted_work_done()).unwrap(),
        }
    }

    fn set(&mut self, on: bool) {
        self.on = on;
        let value = match self.uniform {
            "t" => UniformValue::Number(f64::from(u8::from(on))),
            _ => UniformValue::Boolean(on),
        };
        self.session.set_uniforms([(self.uniform, value)]).unwrap();
    }

    fn run(&mut self, threads: u32) {
        self.kernel.run([threads, 1, 1]).unwrap();
        if self.session.backend_type() == BackendType::Noop {
            return;
        }
        let [written, read] = &mut self.buffers;
        for (written, read) in written.iter_mut().zip(read).take(threads as usize) {
            *written = *written + *read + f32::from(self.on);
        }
    }

    fn be_refused(&self) {
        let Self { session, names, .. } = *self;
        session.write_buffer(names[0], numbers(vec![9.0; SIZE + 1])).unwrap_err();
        session.set_uniforms([(self.uniform, [1.0, 2.0].into())]).unwrap_err();
        session.copy_buffer(names[0], "nowhere").unwrap_err();
        self.kernel.run([0, 1, 1]).unwrap_err();
    }

    /// The latest read first, so that they are not awaited in the order in which they resolve.
    fn judge(self) {
        for (place, (read, expected)) in self.reads.into_iter().enumerate().rev() {
            assert_eq!(floats(block_on(read)), expected, "the read number {place} of {:?}", self.names);
        }
        for read in self.shared_reads {
            let floats = floats(block_on(read));
            assert!(floats.iter().all(|&float| float == floats[0]), "a torn write: {floats:?}");
        }
        for (name, expected) in self.names.into_iter().zip(self.buffers) {
            assert_eq!(common::read(self.session, name), expected, "{name} at the end");
        }
    }
}

/// Two threads act at the same time on one session.
fn storm(backend: BackendType, actions: &[Vec<Action>; 2]) {
    let session = open(Setup { backend: Some(backend), ..setup(&NAMES, &[SIZE as u32], None) });
    std::thread::scope(|scope| {
        for (index, actions) in actions.iter().enumerate() {
            let mut caller = Caller::new(&session, index);
            scope.spawn(move || {
                actions.iter().for_each(|action| caller.act(action));
                caller.judge();
            });
        }
    });
}

fn actions(most: usize) -> impl Strategy<Value = [Vec<Action>; 2]> {
    [vec(action(), 1..most), vec(action(), 1..most)]
}

proptest! {
    #[test]
    fn the_queue_does_as_its_model(actions in actions(200)) {
        storm(BackendType::Noop, &actions);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 40, ..ProptestConfig::with_cases(8) })]

    #[test]
    fn the_device_does_as_the_model(actions in actions(400)) {
        storm(BackendType::Gpu, &actions);
    }
}
