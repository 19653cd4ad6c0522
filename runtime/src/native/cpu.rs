//! The CPU backend on threads of this process, through the crate `engine`.
//!
//! Code works in the memory, the host copies to and from it between runs; the device thread of the queue executes one step after the
//! other, and takes part in runs.

use std::sync::Arc;

use artifact::{Artifact, MemoryLayout, Wasm};
use engine::{Grid, Memory, Module, Scratch, Shared, WorkerPool};

use crate::backend::cpu::{capabilities, checked_code, grid, info};
use crate::backend::{
    AdapterInfo, BackendType, BoxFuture, Capabilities, Device, Executor, Fallback, Program, Request, Started,
};
use crate::grid::{Choice, Text};
use crate::profile::Collector;
use crate::queue::{Launch, Step, Submission};
use crate::stops::Stopped;
use crate::{Error, Health, Track};

/// Starts it.
///
/// # Errors
///
/// [`Error::OutOfMemory`], and [`Error::NoBackend`] if `HPC_THREADS` is no number of threads.
pub(crate) async fn start(request: Request, fallback: Option<Fallback>) -> Result<Started, Error> {
    let layout = MemoryLayout::of_sizes(request.buffers.iter().map(|buffer| buffer.bytes));
    let processor = processor().unwrap_or_else(|| "CPU".into());
    let info = info(processor, engine::thread_count().map_err(translate)?, fallback);
    let mut memory = Memory::new(layout.bytes()).map_err(|_| request.out_of_memory())?;
    let limit = MemoryLayout::loop_limit(request.loop_limit).map(u32::to_le_bytes);
    memory.write(MemoryLayout::LOOP_LIMIT, limit.as_flattened());
    let sizes = request.buffers.iter().map(|buffer| buffer.bytes).collect();
    let device =
        CpuDevice { info, capabilities: capabilities(), memory: memory.share(), scratch: layout.scratch };
    let executor = CpuExecutor {
        memory,
        workers: WorkerPool::default(),
        loop_limit: request.loop_limit,
        health: request.health,
        starts: layout.buffers,
        sizes,
    };
    Ok(Started::new(BackendType::Cpu, device, executor))
}

/// The shared half.
struct CpuDevice {
    info: AdapterInfo,
    capabilities: Capabilities,
    memory: Shared,
    /// Where the scratch memory starts.
    scratch: u64,
}

impl Device for CpuDevice {
    fn info(&self) -> &AdapterInfo {
        &self.info
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn prepare(&self, artifact: &Arc<Artifact>, _: Choice) -> BoxFuture<Result<Box<dyn Program>, Error>> {
        let (memory, start) = (self.memory.clone(), self.scratch);
        let artifact = artifact.clone();
        Box::pin(crate::task::spawn("hpc-compile", move || async move {
            let program = CpuProgram::new(checked_code(&artifact)?, artifact.lane_axis, &memory, start)?;
            Ok(Box::new(program) as Box<dyn Program>)
        }))
    }

    fn stop(&self) {
        self.memory.stop();
    }
}

/// A kernel.
struct CpuProgram {
    lane_axis: usize,
    /// What people can read, for reports of our mistakes.
    text: String,
    common: engine::Program,
    /// For all runs, if that is not the same.
    general: Option<engine::Program>,
}

impl Program for CpuProgram {}

impl CpuProgram {
    fn new(code: &Wasm, lane_axis: usize, memory: &Shared, start: u64) -> Result<Self, Error> {
        let scratch = Scratch { start, bytes: MemoryLayout::SCRATCH_BYTES, needed: code.scratch.into() };
        let program = |bytes: &Vec<u8>| {
            let program = Module::new(bytes).and_then(|module| engine::Program::new(module, memory, scratch));
            program.map_err(|error| translate(error).with_code("code", &code.text))
        };
        let general = code.general.as_ref().map(program).transpose()?;
        Ok(Self { lane_axis, text: code.text.clone(), common: program(&code.common)?, general })
    }

    fn run(&self, memory: &mut Memory, workers: &WorkerPool, launch: &Launch) -> Result<(), engine::Error> {
        let program = self
            .general
            .as_ref()
            .filter(|_| launch.choice.variant.text == Text::General)
            .unwrap_or(&self.common);
        let (lanes, rows) = grid(launch, self.lane_axis);
        program.run(memory, workers, Grid { lanes, rows })
    }
}

/// The half of the device thread.
struct CpuExecutor {
    memory: Memory,
    workers: WorkerPool,
    loop_limit: u32,
    health: Arc<Health>,
    /// Where each buffer starts, and how many bytes it has.
    starts: Vec<u64>,
    sizes: Vec<u64>,
}

impl CpuExecutor {
    fn launch(&mut self, launch: &Launch, slots: &[u8], profile: Option<&Collector>) -> Result<(), Error> {
        let program = launch.kernel.program();
        let program: &CpuProgram = program.known()?;
        let slot = &slots[launch.slot as usize..][..launch.kernel.artifact.params.size as usize];
        self.memory.write(MemoryLayout::PARAMS, slot);
        let start = profile.map(Collector::now);
        program.run(&mut self.memory, &self.workers, launch).map_err(|error| match error {
            engine::Error::GaveUp { reason } => launch.kernel.stopped(reason, self.loop_limit),
            error => translate(error).with_code("code", &program.text),
        })?;
        if let (Some(profile), Some(start)) = (profile, start) {
            profile.add(Track::Execute, launch.title(), start);
        }
        Ok(())
    }
}

impl Executor for CpuExecutor {
    fn submit(&mut self, submission: Submission) -> Result<(), Error> {
        let Submission { slots, steps, mut done, profile, .. } = submission;
        for step in steps {
            if self.memory.is_stopped() {
                return Err(Error::Dropped);
            }
            match step {
                Step::Pass(launches) => {
                    for launch in &launches {
                        match self.launch(launch, &slots, profile.as_ref()) {
                            Ok(()) => {}
                            Err(error @ Error::LoopLimit { .. }) => {
                                Stopped { ticket: launch.ticket, error }.tell(&mut done, &self.health);
                            }
                            Err(error) => {
                                // Before the replies are dropped with the other steps.
                                self.health.fail(error.clone());
                                return Err(error);
                            }
                        }
                    }
                }
                Step::Write { buffer, start, data } => {
                    self.memory.write(self.starts[buffer] + start, data.host_bytes());
                }
                Step::Copy { source, destination }
                | Step::Present { pixels: source, presented: destination } => {
                    let bytes = self.sizes[source] as usize;
                    self.memory.copy(self.starts[source], self.starts[destination], bytes);
                }
                Step::Read(read) => {
                    let start = self.starts[read.buffer] + read.start;
                    let bytes = self.memory.bytes(start, read.bytes as usize);
                    read.answer(bytes);
                }
            }
        }
        done.into_iter().for_each(|done| done.reply.send(Ok(())));
        Ok(())
    }
}

/// What Linux calls the processor.
fn processor() -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    line.split_once(':').map(|(_, name)| name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn translate(error: engine::Error) -> Error {
    match error {
        engine::Error::OutOfMemory { bytes } => Error::OutOfMemory { what: format!("{bytes} bytes") },
        engine::Error::ThreadCount { .. } => {
            Error::NoBackend { name: "cpu".into(), reason: "cannot start: HPC_THREADS is no positive number" }
        }
        engine::Error::Stopped => Error::Dropped,
        engine::Error::ScratchTooSmall { .. } => {
            Error::internal("the arrays of a kernel are too large for the CPU backend", error.to_string())
        }
        engine::Error::Refused { reason } => Error::internal("the engine refused a kernel", reason),
        engine::Error::GaveUp { reason } => {
            Error::internal("a loop did not end on the CPU", format!("in line {reason}"))
        }
        engine::Error::Failed { reason } => Error::internal("a kernel failed on the CPU", reason),
    }
}
