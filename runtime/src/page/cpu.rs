//! The CPU backend in a page: what a submission says, as messages to workers. Nothing here waits.

use std::sync::Arc;

use artifact::{Artifact, MemoryLayout, Wasm};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::backend::cpu::heap::{BufferPlaces, PAGE};
use crate::backend::cpu::{capabilities, checked_code, grid, info, layout, located};
use crate::backend::{
    AdapterInfo, BackendType, BoxFuture, Capabilities, Device, Executor, Fallback, Program, Request, Started,
};
use crate::grid::{Choice, Text};
use crate::page::load::Load;
use crate::queue::{Allocation, Compiled, Copy, Done, Launch, Piece, ReadPart, Step, Submission};
use crate::screen::taken;
use crate::stops::Stopped;
use crate::{Error, Health};
use workers::{CpuEngine, CpuScreen, Recording};

mod workers;

/// Starts it.
///
/// # Errors
///
/// [`Error::OutOfMemory`], [`Error::NoWorkers`], and [`Error::ScreenTaken`] if the canvas cannot be drawn on.
pub(crate) async fn start(request: Request, fallback: Option<Fallback>) -> Result<Started, Error> {
    let layout = layout(&request);
    if layout.is_large() {
        return Err(match request.out_of_memory() {
            Error::OutOfMemory { what } => {
                Error::OutOfMemory { what: what + ": on the CPU of a browser there are 4 GiB" }
            }
            other => other,
        });
    }
    let out_of_memory = request.out_of_memory();
    let mut places = BufferPlaces::new(&request, &layout);
    let pages = places.place_resizable(&request)? / PAGE;
    let screen =
        request.screen.map(|(screen, size)| CpuScreen::new(screen.canvas(), size.width, size.height));
    let screen = screen.transpose().map_err(taken)?;
    let engine = workers::start(&layout, pages).await.map_err(|error| match error {
        Error::OutOfMemory { .. } => out_of_memory,
        error => error,
    })?;
    allow_rounds(&engine, request.loop_limit);
    let device = CpuDevice {
        info: info("CPU".into(), engine.thread_count() as usize, fallback),
        capabilities: capabilities(),
        engine: engine.clone(),
    };
    let executor = CpuExecutor {
        engine,
        screen,
        loop_limit: request.loop_limit,
        health: request.health,
        load: Arc::default(),
        places,
        pages,
    };
    Ok(Started::new(BackendType::Cpu, device, executor))
}

/// Says how many rounds loops may make that are not known to end.
fn allow_rounds(engine: &CpuEngine, limit: u32) {
    let words = MemoryLayout::loop_limit(limit).map(u32::to_le_bytes);
    let recording = Recording::new();
    recording.write(MemoryLayout::LOOP_LIMIT as u32, Uint8Array::from(words.as_flattened()));
    let done = engine.submit(&recording, Uint8Array::new_with_length(0));
    wasm_bindgen_futures::spawn_local(async move {
        // What comes behind it tells what fails.
        let _ = JsFuture::from(done).await;
    });
}

/// The shared half.
struct CpuDevice {
    info: AdapterInfo,
    capabilities: Capabilities,
    engine: CpuEngine,
}

impl Device for CpuDevice {
    fn info(&self) -> &AdapterInfo {
        &self.info
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn prepare(&self, artifact: &Arc<Artifact>, _: Choice) -> BoxFuture<Result<Box<dyn Program>, Error>> {
        let (engine, artifact) = (self.engine.clone(), artifact.clone());
        Box::pin(crate::task::spawn("hpc-compile", move || async move {
            let code = checked_code(&artifact)?;
            let program = CpuProgram::new(engine, code, artifact.lane_axis).await;
            Ok(Box::new(program.map_err(|error| error.with_code("code", &code.text))?) as Box<dyn Program>)
        }))
    }

    fn stop(&self) {
        self.engine.stop();
    }
}

/// A kernel: its numbers at the engine.
struct CpuProgram {
    engine: CpuEngine,
    lane_axis: usize,
    common: u32,
    /// For all runs, if that is not the same.
    general: Option<u32>,
}

impl Program for CpuProgram {}

impl CpuProgram {
    async fn new(engine: CpuEngine, code: &Wasm, lane_axis: usize) -> Result<Self, Error> {
        let common = workers::prepare(&engine, &code.common, code.scratch).await?;
        let mut program = Self { engine, lane_axis, common, general: None };
        if let Some(general) = &code.general {
            program.general = Some(workers::prepare(&program.engine, general, code.scratch).await?);
        }
        Ok(program)
    }
}

impl Drop for CpuProgram {
    fn drop(&mut self) {
        // What was submitted is a message before this one.
        [Some(self.common), self.general].into_iter().flatten().for_each(|number| self.engine.forget(number));
    }
}

/// The half of the pump.
struct CpuExecutor {
    engine: CpuEngine,
    screen: Option<CpuScreen>,
    loop_limit: u32,
    health: Arc<Health>,
    load: Arc<Load>,
    places: BufferPlaces,
    /// How many pages the memory has once everything is done.
    pages: u64,
}

/// Who gets an array of the engine's answer.
enum Wanted {
    Read(ReadPart),
    Picture,
}

/// The ticket of a run, and its kernel.
type Run = (u32, Arc<Compiled>);

impl CpuExecutor {
    /// The steps as the engine wants them, who gets what it reads, and what it runs. Params that tell where buffers start are added to `slots`.
    fn record(
        &mut self,
        steps: Vec<Step>,
        slots: &mut Vec<u8>,
    ) -> Result<(Recording, Vec<Wanted>, Vec<Run>), Error> {
        let (recording, mut wanted, mut runs) = (Recording::new(), Vec::new(), Vec::new());
        // Pictures that are replaced within the submission would never be seen.
        let is_picture = |step: &Step| matches!(step, Step::Present { .. });
        let seen = self.screen.as_ref().and_then(|_| steps.iter().rposition(is_picture));
        for (position, step) in steps.into_iter().enumerate() {
            match step {
                Step::Pass(launches) => {
                    launches.iter().try_for_each(|launch| self.record_run(&recording, launch, slots))?;
                    runs.extend(launches.into_iter().map(|launch| (launch.ticket, launch.kernel)));
                }
                Step::Write { buffer, start, data } => {
                    recording.write(self.start(buffer)? + start as u32, Uint8Array::from(data.host_bytes()));
                }
                Step::Copy(copy) => self.record_copy(&recording, copy)?,
                Step::Present { pixels, presented, bytes } if seen == Some(position) => {
                    recording.present(self.start(pixels)?, self.start(presented)?, bytes as u32);
                    wanted.push(Wanted::Picture);
                }
                Step::Present { pixels, presented, bytes } => {
                    self.record_copy(&recording, Copy::whole(pixels, presented, bytes))?;
                }
                Step::Allocate(allocation) => self.record_allocation(&recording, &allocation)?,
                Step::Free { buffer } => self.places.free(buffer),
                Step::Read(read) => {
                    recording.read(self.start(read.buffer)? + read.start as u32, read.bytes as u32);
                    wanted.push(Wanted::Read(read));
                }
            }
        }
        Ok((recording, wanted, runs))
    }

    fn start(&self, buffer: usize) -> Result<u32, Error> {
        self.places.known_start(buffer).map(|start| start as u32)
    }

    fn record_copy(
        &self,
        recording: &Recording,
        Copy { source, from, destination, to, bytes }: Copy,
    ) -> Result<(), Error> {
        let (source, destination) = (self.start(source)?, self.start(destination)?);
        recording.copy(source + from as u32, destination + to as u32, bytes as u32);
        Ok(())
    }

    /// Gives a buffer memory, zeroed but for what it keeps.
    fn record_allocation(&mut self, recording: &Recording, allocation: &Allocation) -> Result<(), Error> {
        let &Allocation { buffer, bytes, ref label, kept } = allocation;
        let before = self.places.start(buffer);
        let start = self.places.take(buffer, bytes).ok_or_else(|| Error::OutOfMemory {
            what: format!("{bytes} bytes of {label}: on the CPU of a browser there are 4 GiB"),
        })?;
        let pages = self.places.heap.end() / PAGE;
        if pages > self.pages {
            recording.grow((pages - self.pages) as u32);
            self.pages = pages;
        }
        recording.clear(start as u32, bytes as u32);
        if let Some((before, kept)) = before.zip(kept) {
            for Piece { from, to, bytes } in kept.pieces() {
                recording.copy((before + from) as u32, (start + to) as u32, bytes as u32);
            }
        }
        if let Some(before) = before {
            self.places.heap.give_back(before);
        }
        Ok(())
    }

    fn record_run(&self, recording: &Recording, launch: &Launch, slots: &mut Vec<u8>) -> Result<(), Error> {
        let program = launch.kernel.program();
        let program: &CpuProgram = program.known()?;
        let number =
            program.general.filter(|_| launch.choice.variant.text == Text::General).unwrap_or(program.common);
        let (lanes, rows) = grid(launch, program.lane_axis);
        let artifact = &launch.kernel.artifact;
        let mut slot = launch.slot;
        if let Some(code) = artifact.code.wasm().filter(|code| !code.starts.is_empty()) {
            let given = &slots[slot as usize..][..artifact.params.size as usize];
            let params = located(given, code, |buffer| self.places.start_of(buffer));
            slot = slots.len() as u32;
            slots.extend(params);
        }
        recording.run(number, lanes, rows, slot, artifact.params.size);
        Ok(())
    }
}

impl Executor for CpuExecutor {
    fn submit(&mut self, submission: Submission) -> Result<(), Error> {
        let Submission { mut slots, steps, done, .. } = submission;
        let recorded = self.record(steps, &mut slots);
        // Before the replies are dropped with the steps.
        let (recording, wanted, runs) = recorded.inspect_err(|error| self.health.fail(error.clone()))?;
        let answer = self.engine.submit(&recording, Uint8Array::from(&slots[..]));
        let (health, screen, ticket) = (self.health.clone(), self.screen.clone(), self.load.begin());
        let limit = self.loop_limit;
        wasm_bindgen_futures::spawn_local(async move {
            match JsFuture::from(answer).await {
                Ok(arrays) => {
                    let stopped = stopped(&recording, &runs, limit);
                    deliver(wanted, arrays.unchecked_ref(), stopped, done, screen.as_ref(), &health);
                }
                // Known before the replies are dropped.
                Err(error) => health.fail(workers::translate(&error)),
            }
            drop(ticket);
        });
        Ok(())
    }

    fn room(&self) -> BoxFuture<()> {
        self.load.room()
    }
}

/// The runs that were stopped, in their order.
fn stopped(recording: &Recording, runs: &[Run], limit: u32) -> Vec<Stopped> {
    let stops = recording.stops();
    let stopped = |[run, line]: &[u32; 2]| {
        let (ticket, kernel) = runs.get(*run as usize)?;
        Some(Stopped { ticket: *ticket, error: kernel.stopped(*line, limit) })
    };
    stops.as_chunks().0.iter().filter_map(stopped).collect()
}

/// Gives everybody what they want, or tells them of the run before it that was stopped.
fn deliver(
    wanted: Vec<Wanted>,
    arrays: &Array,
    stopped: Vec<Stopped>,
    mut done: Vec<Done>,
    screen: Option<&CpuScreen>,
    health: &Health,
) {
    let mut stopped = stopped.into_iter().peekable();
    for (wanted, array) in wanted.into_iter().zip(arrays.iter()) {
        let bytes: Uint8Array = array.unchecked_into();
        match (wanted, screen) {
            (Wanted::Read(read), _) => {
                while let Some(stopped) = stopped.next_if(|stopped| stopped.ticket <= read.behind) {
                    stopped.tell(&mut done, health);
                }
                read.answer_by(|memory| bytes.copy_to(memory));
            }
            (Wanted::Picture, Some(screen)) => {
                screen.show(&bytes).unwrap_or_else(|error| health.fail(taken(error)));
            }
            (Wanted::Picture, None) => {}
        }
    }
    stopped.for_each(|stopped| stopped.tell(&mut done, health));
    done.into_iter().for_each(|done| done.reply.send(Ok(())));
}
