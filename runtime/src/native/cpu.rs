//! The CPU backend on threads of this process, through the crate `engine`.
//!
//! Code works in the memory, the host copies to and from it between runs; the device thread of the queue executes one step after the
//! other, and takes part in runs.

use std::sync::{Arc, Mutex};

use artifact::{Artifact, MemoryLayout};
use engine::{Grid, Memory, Module, Scratch, Shared, WorkerPool};

use crate::backend::cpu::heap::BufferPlaces;
use crate::backend::cpu::{capabilities, checked_code, grid, info, layout, located, scratch};
use crate::backend::{
    AdapterInfo, BackendType, BoxFuture, Capabilities, Device, Executor, Fallback, Program, Request, Started,
};
use crate::grid::{Choice, Text};
use crate::lock::lock;
use crate::profile::Collector;
use crate::queue::{Allocation, Copy, Done, Launch, Piece, Step, Submission};
use crate::stops::Stopped;
use crate::{Error, Health, Track};

/// Starts it.
///
/// # Errors
///
/// [`Error::OutOfMemory`], and [`Error::NoBackend`] if `HPC_THREADS` is no number of threads.
pub(crate) async fn start(request: Request, fallback: Option<Fallback>) -> Result<Started, Error> {
    let layout = layout(&request);
    let processor = processor().unwrap_or_else(|| "CPU".into());
    let info = info(processor, engine::thread_count().map_err(translate)?, fallback);
    let mut places = BufferPlaces::new(&request, &layout);
    let bytes = places.place_resizable(&request)?;
    let mut memory = Memory::new(bytes).map_err(|_| request.out_of_memory())?;
    let limit = MemoryLayout::loop_limit(request.loop_limit).map(u32::to_le_bytes);
    memory.write(MemoryLayout::LOOP_LIMIT, limit.as_flattened());
    let current = Arc::new(Mutex::new(memory.share()));
    let device = CpuDevice {
        info,
        capabilities: capabilities(request.deterministic),
        memory: current.clone(),
        scratch: layout.scratch,
    };
    let executor = CpuExecutor {
        memory,
        current,
        workers: WorkerPool::default(),
        loop_limit: request.loop_limit,
        health: request.health,
        places,
    };
    Ok(Started::new(BackendType::Cpu, device, executor))
}

/// The shared half.
struct CpuDevice {
    info: AdapterInfo,
    capabilities: Capabilities,
    /// The memory at hand: another one takes its place when it has to grow.
    memory: Arc<Mutex<Shared>>,
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
        let (memory, start) = (lock(&self.memory).clone(), self.scratch);
        let (artifact, capabilities) = (artifact.clone(), self.capabilities.clone());
        Box::pin(crate::task::spawn("hpc-compile", move || async move {
            let program = CpuProgram::new(&artifact, &capabilities, &memory, start)?;
            Ok(Box::new(program) as Box<dyn Program>)
        }))
    }

    fn stop(&self) {
        // Held, so that the memory that takes its place is stopped as well.
        lock(&self.memory).stop();
    }
}

/// A kernel.
struct CpuProgram {
    lane_axis: usize,
    /// What people can read, for reports of our mistakes.
    text: String,
    common: Loaded,
    /// For all runs, if that is not the same.
    general: Option<Loaded>,
}

/// A module, and what was made of it for the memory that it ran in last.
struct Loaded {
    module: Module,
    scratch: Scratch,
    program: Mutex<engine::Program>,
}

impl Program for CpuProgram {}

impl Loaded {
    fn new(bytes: &[u8], memory: &Shared, scratch: Scratch) -> Result<Self, engine::Error> {
        let module = Module::new(bytes)?;
        let program = Mutex::new(engine::Program::new(module.clone(), memory, scratch)?);
        Ok(Self { module, scratch, program })
    }

    /// What runs in a memory.
    fn program(&self, memory: &Memory) -> Result<engine::Program, engine::Error> {
        let mut program = lock(&self.program);
        if !program.is_for(memory) {
            *program = engine::Program::new(self.module.clone(), &memory.share(), self.scratch)?;
        }
        Ok(program.clone())
    }
}

impl CpuProgram {
    fn new(
        artifact: &Artifact,
        capabilities: &Capabilities,
        memory: &Shared,
        start: u64,
    ) -> Result<Self, Error> {
        let code = checked_code(artifact)?;
        let program = |bytes: &Vec<u8>, text| {
            let needed = scratch(artifact, code, text, capabilities).into();
            let scratch = Scratch { start, bytes: MemoryLayout::SCRATCH_BYTES, needed };
            let program = Loaded::new(bytes, memory, scratch);
            program.map_err(|error| translate(error).with_code("code", &code.text))
        };
        let general = code.general.as_ref().map(|bytes| program(bytes, Text::General)).transpose()?;
        let (lane_axis, common) = (artifact.lane_axis, program(&code.common, Text::Common)?);
        Ok(Self { lane_axis, text: code.text.clone(), common, general })
    }

    fn run(&self, memory: &mut Memory, workers: &WorkerPool, launch: &Launch) -> Result<(), engine::Error> {
        let code = self
            .general
            .as_ref()
            .filter(|_| launch.choice.variant.text == Text::General)
            .unwrap_or(&self.common);
        let (lanes, rows) = grid(launch, self.lane_axis);
        code.program(memory)?.run(memory, workers, Grid { lanes, rows })
    }
}

/// The half of the device thread.
struct CpuExecutor {
    memory: Memory,
    /// The same for who makes programs for it, and stops it.
    current: Arc<Mutex<Shared>>,
    workers: WorkerPool,
    loop_limit: u32,
    health: Arc<Health>,
    places: BufferPlaces,
}

impl CpuExecutor {
    fn launch(&mut self, launch: &Launch, slots: &[u8], profile: Option<&Collector>) -> Result<(), Error> {
        let program = launch.kernel.program();
        let program: &CpuProgram = program.known()?;
        let artifact = &launch.kernel.artifact;
        let slot = &slots[launch.slot as usize..][..artifact.params.size as usize];
        match artifact.code.wasm().filter(|code| !code.starts.is_empty()) {
            Some(code) => {
                let params = located(slot, code, |buffer| self.places.start_of(buffer));
                self.memory.write(MemoryLayout::PARAMS, &params);
            }
            None => self.memory.write(MemoryLayout::PARAMS, slot),
        }
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

    /// Gives a buffer memory, zeroed but for what it keeps.
    fn allocate(&mut self, allocation: &Allocation) -> Result<(), Error> {
        let &Allocation { buffer, bytes, ref label, kept, .. } = allocation;
        let out_of_memory = || Error::OutOfMemory { what: format!("{bytes} bytes of {label}") };
        let before = self.places.start(buffer);
        let start = self.places.take(buffer, bytes).ok_or_else(out_of_memory)?;
        self.grow().map_err(|_| out_of_memory())?;
        self.memory.clear(start, bytes as usize);
        if let Some((before, kept)) = before.zip(kept) {
            for Piece { from, to, bytes } in kept.pieces() {
                self.memory.copy(before + from, start + to, bytes as usize);
            }
        }
        if let Some(before) = before {
            self.places.heap.give_back(before);
        }
        Ok(())
    }

    /// Goes on in a larger memory if not all buffers lie in this one.
    fn grow(&mut self) -> Result<(), engine::Error> {
        let needed = self.places.heap.end();
        let held = self.memory.byte_count();
        if needed <= held {
            return Ok(());
        }
        // More than is needed, so that what grows again and again is not moved each time; pages that nobody touches take no memory.
        let roomy = (held + held / 2).clamp(needed, self.places.heap.most.max(needed));
        let memory = self.memory.enlarged(roomy).or_else(|_| self.memory.enlarged(needed))?;
        let mut current = lock(&self.current);
        if current.is_stopped() {
            memory.share().stop();
        }
        *current = memory.share();
        self.memory = memory;
        Ok(())
    }

    fn step(
        &mut self,
        step: Step,
        slots: &[u8],
        done: &mut Vec<Done>,
        profile: Option<&Collector>,
    ) -> Result<(), Error> {
        match step {
            Step::Pass(launches) => {
                for launch in &launches {
                    match self.launch(launch, slots, profile) {
                        Ok(()) => {}
                        Err(error @ Error::LoopLimit { .. }) => {
                            Stopped { ticket: launch.ticket, error }.tell(done, &self.health);
                        }
                        Err(error) => return Err(error),
                    }
                }
            }
            Step::Write { buffer, start, data } => {
                self.memory.write(self.places.known_start(buffer)? + start, data.host_bytes());
            }
            Step::Copy(copy) => self.copy(copy)?,
            Step::Present { pixels, presented, bytes } => self.copy(Copy::whole(pixels, presented, bytes))?,
            Step::Allocate(allocation) => self.allocate(&allocation)?,
            Step::Free { buffer } => self.places.free(buffer),
            Step::Read(read) => {
                let start = self.places.known_start(read.buffer)? + read.start;
                let bytes = self.memory.bytes(start, read.bytes as usize);
                read.answer(bytes);
            }
        }
        Ok(())
    }

    fn copy(&mut self, Copy { source, from, destination, to, bytes }: Copy) -> Result<(), Error> {
        let (source, destination) = (self.places.known_start(source)?, self.places.known_start(destination)?);
        self.memory.copy(source + from, destination + to, bytes as usize);
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
            // The health knows before the replies are dropped with the other steps.
            self.step(step, &slots, &mut done, profile.as_ref())
                .inspect_err(|error| self.health.fail(error.clone()))?;
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
