//! The CPU backend in a page: what a submission says, as messages to workers. Nothing here waits.

use std::sync::Arc;

use artifact::{Artifact, MemoryLayout, Wasm};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::backend::cpu::{capabilities, checked_code, grid, info};
use crate::backend::{
    AdapterInfo, BackendType, BoxFuture, Capabilities, Device, Executor, Fallback, Program, Request, Started,
};
use crate::grid::{Choice, Text};
use crate::page::load::Load;
use crate::queue::{Compiled, Done, Launch, ReadPart, Step, Submission};
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
    let sizes: Vec<u64> = request.buffers.iter().map(|buffer| buffer.bytes).collect();
    let layout = MemoryLayout::of_sizes(sizes.iter().copied());
    if layout.is_large() {
        return Err(match request.out_of_memory() {
            Error::OutOfMemory { what } => {
                Error::OutOfMemory { what: what + ": on the CPU of a browser there are 4 GiB" }
            }
            other => other,
        });
    }
    let out_of_memory = request.out_of_memory();
    let screen =
        request.screen.map(|(screen, size)| CpuScreen::new(screen.canvas(), size.width, size.height));
    let screen = screen.transpose().map_err(taken)?;
    let engine = workers::start(&layout).await.map_err(|error| match error {
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
        places: layout
            .buffers
            .iter()
            .zip(sizes)
            .map(|(&start, bytes)| (start as u32, bytes as u32))
            .collect(),
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
    /// Where each buffer starts, and how many bytes it has.
    places: Vec<(u32, u32)>,
}

/// Who gets an array of the engine's answer.
enum Wanted {
    Read(ReadPart),
    Picture,
}

/// The ticket of a run, and its kernel.
type Run = (u32, Arc<Compiled>);

impl CpuExecutor {
    /// The steps as the engine wants them, who gets what it reads, and what it runs.
    fn record(&self, steps: Vec<Step>) -> Result<(Recording, Vec<Wanted>, Vec<Run>), Error> {
        let (recording, mut wanted, mut runs) = (Recording::new(), Vec::new(), Vec::new());
        // Pictures that are replaced within the submission would never be seen.
        let is_picture = |step: &Step| matches!(step, Step::Present { .. });
        let seen = self.screen.as_ref().and_then(|_| steps.iter().rposition(is_picture));
        for (position, step) in steps.into_iter().enumerate() {
            match step {
                Step::Pass(launches) => {
                    launches.iter().try_for_each(|launch| record_run(&recording, launch))?;
                    runs.extend(launches.into_iter().map(|launch| (launch.ticket, launch.kernel)));
                }
                Step::Write { buffer, start, data } => {
                    recording
                        .write(self.places[buffer].0 + start as u32, Uint8Array::from(data.host_bytes()));
                }
                Step::Copy { source, destination } => self.record_copy(&recording, source, destination),
                Step::Present { pixels, presented } if seen == Some(position) => {
                    let ((from, bytes), (to, _)) = (self.places[pixels], self.places[presented]);
                    recording.present(from, to, bytes);
                    wanted.push(Wanted::Picture);
                }
                Step::Present { pixels, presented } => self.record_copy(&recording, pixels, presented),
                Step::Read(read) => {
                    let (at, _) = self.places[read.buffer];
                    recording.read(at + read.start as u32, read.bytes as u32);
                    wanted.push(Wanted::Read(read));
                }
            }
        }
        Ok((recording, wanted, runs))
    }

    fn record_copy(&self, recording: &Recording, source: usize, destination: usize) {
        let ((from, bytes), (to, _)) = (self.places[source], self.places[destination]);
        recording.copy(from, to, bytes);
    }
}

fn record_run(recording: &Recording, launch: &Launch) -> Result<(), Error> {
    let program = launch.kernel.program();
    let program: &CpuProgram = program.known()?;
    let number =
        program.general.filter(|_| launch.choice.variant.text == Text::General).unwrap_or(program.common);
    let (lanes, rows) = grid(launch, program.lane_axis);
    recording.run(number, lanes, rows, launch.slot, launch.kernel.artifact.params.size);
    Ok(())
}

impl Executor for CpuExecutor {
    fn submit(&mut self, submission: Submission) -> Result<(), Error> {
        let Submission { slots, steps, done, .. } = submission;
        let recorded = self.record(steps);
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
