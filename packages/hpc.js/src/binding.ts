// What Rust gives, natively and as WebAssembly alike, as sessions.

import { bytesOf, contentsOf } from './bytes.js';
import { withConstants } from './constants.js';
import { elementCount, type Shape } from './data.js';
import type { Buffer, Description } from './description.js';
import { arrayClassOf, slotsOf } from './elements.js';
import { isFailure, settled, type Failure } from './errors.js';
import { findOrigin, type Origin } from './origin.js';
import type {
  CopyRange, KernelText, ProfileReport, Session, SessionKernel, SessionList, SessionProfile,
} from './session.js';
import type { AdapterInfo, BackendName, CanvasLike, ElementName } from './types.js';
import type { Uniform } from './uniforms.js';

/** What a binding makes a buffer of. */
export interface BufferSetup {
  name: string;
  element: ElementName;
  size: number[];
  data?: Uint8Array;
  resizable?: boolean;
}

/** What a binding makes a session of. */
export interface Setup {
  buffers: BufferSetup[];
  uniforms: Uniform[];
  canvas?: { width: number; height: number };
  seed?: number;
  adapter?: string;
  tuned?: string;
  loopLimit?: number;
  slice?: number;
  backend?: string;
}

/** A session of Rust; failures are data, and contents of buffers are bytes in the layout of their type. */
export interface NativeSession {
  readonly backendType: 'gpu' | 'cpu' | 'noop';
  readonly adapterInfo: AdapterInfo;
  /** Whether the CPU computes because a GPU failed; only natively. */
  readonly gpuFailed?: boolean;
  createKernel(source: string, origin?: Origin): Promise<NativeKernel | Failure>;
  /** A kernel that was compiled with the application. */
  createKernelOf(stored: string): Promise<NativeKernel | Failure>;
  /** Explains the kernel of a text, where kernels come without an explanation. */
  explain?(source: string): Promise<string | Failure>;
  setUniforms(values: readonly Uniform[]): Failure | null;
  /** All of it, or what begins with an element. */
  writeBuffer(name: string, data: Uint8Array, start?: number): Failure | null;
  copyBuffer(source: string, destination: string, range?: CopyRange): Failure | null;
  createBuffer(buffer: BufferSetup): Failure | null;
  resizeBuffer(name: string, size: number[]): Failure | null;
  destroyBuffer(name: string): Failure | null;
  /** The elements from `start` to the one before `end`, in memory of their own, aligned for every type. */
  readBuffer(name: string, start: number, end: number): Promise<Uint8Array | Failure>;
  updateCanvas(): Failure | null;
  readCanvas(): Promise<Uint8ClampedArray | Failure>;
  onSubmittedWorkDone(): Promise<null | Failure>;
  checkpoint(): Promise<null | Failure>;
  recover(): Promise<NativeRecovery | Failure>;
  beginRecording(): Failure | null;
  endRecording(): NativeList | Failure;
  /** Only natively. */
  profile?(): NativeProfile | Failure;
  flush(): Failure | null;
  destroy(): void;
}

/** How a session of Rust came back from a lost device. */
export interface NativeRecovery {
  /** Why the device was lost; nothing if it was not. */
  readonly reason?: string | null;
  readonly restored: string[];
  readonly lost: string[];
}

/** A profile that Rust is making. */
export interface NativeProfile {
  stop(): Promise<ProfileReport | Failure>;
}

/** Recorded calls of Rust. */
export interface NativeList {
  replay(times: number): Failure | null;
}

/** A kernel of Rust. */
export interface NativeKernel {
  readonly source: string;
  /** What was found out and chosen for it, if it was kept. */
  readonly explanation: string;
  run(x: number, y: number, z: number): Failure | null;
  /** What profiles call it; only natively. */
  setName?(name: string): void;
}

/** The same as a description, for a binding. */
export function setupOf(description: Description, size: CanvasLike | undefined, backend: BackendName | undefined): Setup {
  const { buffers, uniforms, seed, adapter, tuned, loopLimit, slice } = description;
  return {
    buffers: [...buffers.values()].map(bufferSetupOf),
    uniforms: [...uniforms.values()],
    ...(size && { canvas: { width: size.width, height: size.height } }),
    ...(seed !== undefined && { seed }),
    ...(adapter !== undefined && { adapter }),
    ...(tuned !== undefined && { tuned }),
    ...(loopLimit !== undefined && { loopLimit }),
    ...(slice !== undefined && { slice }),
    ...(backend && { backend }),
  };
}

function bufferSetupOf({ name, path = name, type, size, data, resizable }: Buffer): BufferSetup {
  return { name: path, element: type, size: [...size], ...(data && { data: bytesOf(data, type) }), ...(resizable && { resizable }) };
}

/** Makes the buffers, all or none. */
function createBuffers(native: NativeSession, buffers: readonly Buffer[]): void {
  const setups = buffers.map(bufferSetupOf);
  for (const [index, setup] of setups.entries()) {
    const failure = native.createBuffer(setup);
    if (failure) {
      setups.slice(0, index).forEach(({ name }) => native.destroyBuffer(name));
      settled(failure);
    }
  }
}

/** A session of a binding that throws its failures. */
export function wrap(native: NativeSession, description: Description): Session {
  const of = (name: string) => {
    const { type, path = name } = description.buffers.get(name)!;
    return { type, path };
  };
  return {
    backendType: native.backendType,
    adapterInfo: native.adapterInfo,
    createKernel: async (kernel) => wrapKernel(native, await createKernel(native, kernel), kernel),
    setUniforms: (values) => void settled(native.setUniforms(values)),
    writeBuffer(name, contents, start) {
      const { type, path } = of(name);
      settled(native.writeBuffer(path, bytesOf(contents, type), start));
    },
    copyBuffer: (source, destination, range) => void settled(native.copyBuffer(of(source).path, of(destination).path, range)),
    createBuffer: (parts) => createBuffers(native, parts),
    resizeBuffer(parts) {
      // If one is too large it is the largest, and then nothing has changed.
      const sorted = [...parts].sort((one, other) => bytesIn(other) - bytesIn(one));
      sorted.forEach(({ name, size }) => settled(native.resizeBuffer(of(name).path, [...size])));
    },
    destroyBuffer: (names) => names.forEach((name) => settled(native.destroyBuffer(of(name).path))),
    async readBuffer(name, { start, end }) {
      const { type, path } = of(name);
      return contentsOf(settled(await native.readBuffer(path, start, end)), type);
    },
    updateCanvas: () => void settled(native.updateCanvas()),
    readCanvas: async () => settled(await native.readCanvas()),
    onSubmittedWorkDone: async () => void settled(await native.onSubmittedWorkDone()),
    checkpoint: async () => void settled(await native.checkpoint()),
    recover: async () => {
      const { reason, restored, lost } = settled(await native.recover());
      return { reason: reason ?? '', restored, lost };
    },
    beginRecording: () => void settled(native.beginRecording()),
    endRecording: () => wrapList(settled(native.endRecording())),
    ...(native.profile && { profile: () => wrapProfile(settled(native.profile!())) }),
    flush: () => void settled(native.flush()),
    destroy: () => native.destroy(),
  };
}

function bytesIn({ type, size }: Shape): number {
  return elementCount(size) * slotsOf(type) * arrayClassOf(type).BYTES_PER_ELEMENT;
}

// A kernel that was compiled with the application, but for another interface or version, is compiled again.
async function createKernel(native: NativeSession, kernel: KernelText): Promise<NativeKernel> {
  const stored = kernel.precompiled?.[native.backendType === 'cpu' ? 'cpu' : 'gpu'];
  const made = stored && (await native.createKernelOf(stored));
  if (made && !(isFailure(made) && made.kind === 'Mismatch')) {
    return settled(made);
  }
  const compiled = await compileKernel(native, kernel);
  if (isFailure(made) && isFailure(compiled)) {
    const message = `${compiled.message}\n\nwhat it was compiled to when the application was built was not used: ${made.message}`;
    const both: Failure = { ...compiled, message };
    return settled(both);
  }
  return settled(compiled);
}

async function compileKernel(native: NativeSession, { text, constants, stack }: KernelText): Promise<NativeKernel | Failure> {
  const source = withConstants(text, constants);
  const first = await native.createKernel(source);
  if (!isFailure(first) || first.kind !== 'Kernel') {
    return first;
  }
  // Only mistakes are worth a look into files: the same again, told with the place where the text stands.
  const origin = await findOrigin(text, stack);
  const again = origin ? await native.createKernel(source, origin) : first;
  return isFailure(again) ? { ...again, origin } : again;
}

function wrapProfile(native: NativeProfile): SessionProfile {
  return { stop: async () => settled(await native.stop()) };
}

function wrapList(native: NativeList): SessionList {
  return { replay: (times) => void settled(native.replay(times)) };
}

/** Tells what is wrong with kernels. */
export interface Check {
  /** Rejects as `createKernel` would, if something is wrong with the text of a kernel that stands there. */
  check(text: string, origin: Origin | undefined): Promise<void>;
  /** Ends it. */
  close(): void;
}

/** A check by a session that compiles for the interface in question; nothing runs on it. */
export function checkWith(native: NativeSession): Check {
  return {
    async check(text, origin) {
      const kernel = await native.createKernel(text, origin);
      settled(isFailure(kernel) ? { ...kernel, origin } : kernel);
    },
    close() {
      native.destroy();
    },
  };
}

/** What a session that only compiles consists of. What buffers hold at first is gone when the first kernel comes. */
export function setupOfCheck(description: Description, size: CanvasLike | undefined): Setup {
  const { buffers, uniforms, canvas } = setupOf(description, size, undefined);
  return { buffers, uniforms, ...(canvas && { canvas }), backend: 'noop' };
}

/** What profiles show of a name. */
const LONGEST_PROFILE_NAME = 200;

/** The name of a function, if it has one that can be shown. */
function nameOf(callable: { readonly name: unknown }): string {
  try {
    const { name } = callable;
    return typeof name === 'string' ? name.slice(0, LONGEST_PROFILE_NAME) : '';
  } catch {
    return '';
  }
}

function wrapKernel(session: NativeSession, kernel: NativeKernel, { callable, text, constants }: KernelText): SessionKernel {
  const name = nameOf(callable);
  if (name !== '') {
    kernel.setName?.(name);
  }
  return {
    source: kernel.source,
    explain: async () => kernel.explanation || explained(session, withConstants(text, constants)),
    run(x, y, z) {
      const failure = kernel.run(x, y, z);
      if (failure !== null) {
        settled(failure);
      }
    },
  };
}

// Kernels that were compiled with the application keep no explanation.
async function explained(session: NativeSession, text: string): Promise<string> {
  return session.explain ? settled(await session.explain(text)) : settled(await session.createKernel(text)).explanation;
}
