// What executes the calls of an interface: the native addon, WebAssembly in a browser, or plain JavaScript for debugging.

import type { Shape } from './data.js';
import type { Buffer, Description } from './description.js';
import { platform } from './platform.js';
import type { Precompiled } from './precompiled.js';
import type { RecordBuffer } from './records.js';
import type { AdapterInfo, CanvasLike, RecoveryEvent, TypedArray } from './types.js';
import type { Uniform } from './uniforms.js';

/** Buffers, uniforms and a canvas on a device. Names, types and sizes have been checked. Failures are thrown. */
export interface Session {
  readonly backendType: 'gpu' | 'cpu' | 'debug' | 'noop';
  readonly adapterInfo: AdapterInfo;
  /** Whether `updateCanvas` draws on the canvas by itself. */
  readonly drawsCanvas?: boolean;
  createKernel(kernel: KernelText): Promise<SessionKernel>;
  setUniforms(values: readonly Uniform[]): void;
  /** Takes the contents, in an array of the buffer's kind, at the call: what happens to them later does not matter. They begin with an element. */
  writeBuffer(name: string, contents: TypedArray, start?: number): void;
  /** Copies a buffer to another one, or some elements. */
  copyBuffer(source: string, destination: string, range?: CopyRange): void;
  /** Makes a buffer, or the columns of one of objects. */
  createBuffer(parts: readonly Buffer[], record?: RecordBuffer): void;
  /** Gives a buffer, or the columns of one of objects, other sizes. */
  resizeBuffer(parts: readonly Shape[], record?: RecordBuffer): void;
  destroyBuffer(names: readonly string[], record?: string): void;
  readBuffer(name: string, elements: ElementRange): Promise<TypedArray>;
  updateCanvas(): void;
  /** What is shown: four bytes a pixel, row by row from the top. */
  readCanvas(): Promise<Uint8ClampedArray>;
  onSubmittedWorkDone(): Promise<void>;
  /** Copies what all buffers and the canvas hold, to be restored when the device was lost; only where there is a device. */
  checkpoint?(): Promise<void>;
  /** Brings it back on a new device; only where there is one. */
  recover?(): Promise<RecoveryEvent>;
  /** From now on runs, uniforms, writes, copies and `updateCanvas` go to a list; whoever begins also ends it. */
  beginRecording(): void;
  /** What was recorded; dropped, it was as if nothing had been called. */
  endRecording(): SessionList;
  /** Begins a profile; not in browsers, nor for debugging. */
  profile?(): SessionProfile;
  flush(): void;
  destroy(): void;
}

/** A profile that is being made. */
export interface SessionProfile {
  /** Ends it; called once. */
  stop(): Promise<ProfileReport>;
}

/** What a profile says. */
export interface ProfileReport {
  /** In lines for people. */
  readonly table: string;
  /** A file in the Trace Event Format. */
  readonly trace: string;
}

/** Recorded calls on their session. */
export interface SessionList {
  replay(times: number): void;
}

/** Elements of a buffer, counted row by row: from `start` to the one before `end`. */
export interface ElementRange {
  readonly start: number;
  readonly end: number;
}

/** Which elements are copied, and where in the destination they begin. */
export interface CopyRange extends ElementRange {
  readonly to: number;
}

/** A kernel on its session. */
export interface SessionKernel {
  readonly source: string;
  /** What the compiler found out and chose, in lines for people. */
  explain(): Promise<string>;
  run(x: number, y: number, z: number): void;
}

/** A kernel and its text, and the stack of the call that brought it, for whoever wants to know its file. */
export interface KernelText {
  readonly callable: (inputs: any) => void;
  readonly text: string;
  /** Declarations of what it sees of the program around it. */
  readonly constants: string;
  readonly stack: string;
  /** What it was compiled to when the application was built, if it was. */
  readonly precompiled: Precompiled | undefined;
}

/** Opens a session on the backend that the options or `HPC_BACKEND` ask for. */
export async function openSession(description: Description, canvas: CanvasLike | undefined): Promise<Session> {
  const backend = description.backend ?? (description.useCpu ? 'cpu' : backendOfEnvironment());
  if (backend === 'debug') {
    const { DebugSession } = await import('./debug/session.js');
    return new DebugSession(description, canvas);
  }
  return platform().open(description, canvas, backend);
}

// The addon reads `HPC_BACKEND` itself, but knows nothing of the debug backend.
function backendOfEnvironment(): 'debug' | undefined {
  const environment = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env;
  return environment?.['HPC_BACKEND'] === 'debug' ? 'debug' : undefined;
}
