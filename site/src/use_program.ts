// A program that runs on a page, as the state that components show.

import type { TypedArray } from 'hpc.js';
import { onBeforeUnmount, reactive } from 'vue';
import type { Backend, InterfaceDescription, KernelDescription, Problem, QueueRecord, Report } from './messages.js';
import type { ProgramFrame } from './program_frame.js';

/** How many lines of output are kept. */
const LINES = 500;

/** A line that the program has printed. */
export interface Line {
  readonly level: 'log' | 'warn' | 'error' | 'result';
  readonly text: string;
}

/** What is known of a program. */
export interface ProgramState {
  /** `running` lasts until its main function has returned, `alive` until it is stopped. */
  phase: 'idle' | 'running' | 'alive';
  lines: Line[];
  problems: Problem[];
  interfaces: InterfaceDescription[];
  kernels: KernelDescription[];
  record: QueueRecord | undefined;
  /** The contents of buffers that were asked for, by `interface/buffer`. */
  contents: Record<string, TypedArray>;
}

/** The state of a program, and what can be done with it. */
export function useProgram() {
  const state = reactive<ProgramState>(empty());
  let frame: ProgramFrame | undefined;

  async function run(place: Element, program: string, backend: Backend): Promise<void> {
    stop();
    Object.assign(state, empty(), { phase: 'running' });
    const { ProgramFrame } = await import('./program_frame.js');
    frame?.remove();
    frame = new ProgramFrame(place, program, backend, (report) => take(state, report), framesOfAddress());
  }

  function stop(): void {
    frame?.remove();
    frame = undefined;
    state.phase = 'idle';
  }

  function read(id: number, buffer: string): void {
    frame?.read(id, buffer);
  }

  onBeforeUnmount(stop);
  return { state, run, stop, read };
}

function empty(): ProgramState {
  return { phase: 'idle', lines: [], problems: [], interfaces: [], kernels: [], record: undefined, contents: {} };
}

function take(state: ProgramState, report: Report): void {
  switch (report.type) {
    case 'log':
      addLine(state, { level: report.level, text: report.text });
      break;
    case 'problem':
      state.problems.push(report.problem);
      break;
    case 'interface':
      state.interfaces.push(report.description);
      break;
    case 'kernel':
      state.kernels.push(report.kernel);
      break;
    case 'queue':
      state.record = report.record;
      break;
    case 'contents':
      state.contents[`${report.interface}/${report.buffer}`] = report.elements;
      break;
    case 'done':
      state.phase = 'alive';
      if (report.result !== undefined) {
        addLine(state, { level: 'result', text: report.result });
      }
      break;
  }
}

function addLine(state: ProgramState, line: Line): void {
  state.lines.push(line);
  state.lines.splice(0, state.lines.length - LINES);
}

/** The number in `?frames=N`, after which animations stand still, so that pictures can be compared. */
function framesOfAddress(): number | undefined {
  const frames = new URLSearchParams(location.search).get('frames');
  return frames === null ? undefined : Number(frames);
}

/** The backend in `?backend=NAME`, or `auto`. */
export function backendOfAddress(): Backend {
  const name = new URLSearchParams(location.search).get('backend');
  return name === 'gpu' || name === 'cpu' || name === 'debug' ? name : 'auto';
}
