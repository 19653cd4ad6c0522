// Sessions of the WebAssembly that `bindings/web` becomes. It is loaded once, when it is needed.
//
// A mistake of ours in it is a panic, and a stack that overflows ends like one: nothing in it can be trusted any more, and it answers
// nobody. All who wait, and all who call later, get a failure that says what happened.

import type { NativeKernel, NativeList, NativeSession, Setup } from './binding.js';
// The script of the WebAssembly imports these. Where no bundler has put them together, it would wait for one after the other.
import './cpu/engine.js';
import './cpu/screen.js';
import './gpu/screen.js';
import { compile, expectKernels, explain, type Target } from './compiler/compiler.js';
import { isFailure, type Failure } from './errors.js';
import { fetchModule } from './module.js';
import type { Screen } from './screen.js';
import type { BackendName } from './types.js';

/** A setup, and where its canvas is seen. */
export interface WebSetup extends Setup {
  canvas?: { width: number; height: number; screen?: Screen };
}

/** A session of the WebAssembly, which has no compiler. */
export interface WebSession extends Omit<NativeSession, 'createKernel' | 'copyBuffer'> {
  /** What kernels are compiled for now. */
  readonly interface: string;
  /** The range as its start, its end and where it goes. */
  copyBuffer(source: string, destination: string, range?: Uint32Array): Failure | null;
}

type Binding = typeof import('../web/hpc_web.js');

let loading: Promise<Binding> | undefined;
let broken: Failure | undefined;
const waiting = new Set<(failure: Failure) => void>();

/** Opens a session of the WebAssembly. */
export async function openWasm(setup: WebSetup): Promise<NativeSession | Failure> {
  const binding = await loadWasm();
  const session = await promised(() => binding.open(setup));
  return isFailure(session) ? session : guarded(session);
}

/** Lets the compiler for a backend be loaded, as there will be kernels. */
export function expectKernelsOn(backend: BackendName): void {
  expectKernels(targetOf(backend));
}

/** Loads the WebAssembly, which `openWasm` needs. */
export function loadWasm(): Promise<Binding> {
  loading ??= start();
  // What could not be fetched now may be there later.
  loading.catch(() => (loading = undefined));
  return loading;
}

async function start(): Promise<Binding> {
  // At once: the script brings others along, and would keep the WebAssembly waiting.
  const [binding, module] = await Promise.all([
    import('../web/hpc_web.js'),
    fetchModule(new URL('../web/hpc_web_bg.wasm', import.meta.url)),
  ]);
  await binding.default({ module_or_path: module });
  binding.onPanic(panicked);
  return binding;
}

// Only the first panic counts: what follows follows from it.
function panicked(text: string): Failure {
  const message = `internal error: the WebAssembly stopped; please report it with the text below, and reload the page\n${text}`;
  broken ??= { kind: 'Internal', message, mistakes: [] };
  for (const settle of waiting) {
    settle(broken);
  }
  return broken;
}

function guarded(session: WebSession): NativeSession {
  const { backendType, adapterInfo } = session;
  const createKernelOf = async (stored: string) => {
    const kernel = await promised(() => session.createKernelOf(stored));
    return isFailure(kernel) ? kernel : guardedKernel(kernel);
  };
  return {
    backendType,
    adapterInfo,
    createKernel: async (source, origin) => {
      const compiled = await compile(targetOf(backendType), { source, interface: session.interface, origin });
      return isFailure(compiled) ? compiled : createKernelOf(compiled);
    },
    createKernelOf,
    explain: (source) => explain(targetOf(backendType), { source, interface: session.interface }),
    setUniforms: (values) => called(() => session.setUniforms(values)),
    writeBuffer: (name, data, start) => called(() => session.writeBuffer(name, data, start)),
    copyBuffer: (source, destination, range) =>
      called(() => session.copyBuffer(source, destination, range && Uint32Array.of(range.start, range.end, range.to))),
    createBuffer: (buffer) => called(() => session.createBuffer(buffer)),
    resizeBuffer: (name, size) => called(() => session.resizeBuffer(name, size)),
    destroyBuffer: (name) => called(() => session.destroyBuffer(name)),
    readBuffer: (name, start, end) => promised(() => session.readBuffer(name, start, end)),
    updateCanvas: () => called(() => session.updateCanvas()),
    readCanvas: () => promised(() => session.readCanvas()),
    onSubmittedWorkDone: () => promised(() => session.onSubmittedWorkDone()),
    checkpoint: () => promised(() => session.checkpoint()),
    recover: () => promised(() => session.recover()),
    beginRecording: () => called(() => session.beginRecording()),
    endRecording: () => {
      let list: NativeList | Failure | undefined;
      const failure = called(() => void (list = session.endRecording()));
      return failure ?? (isFailure(list) ? list : guardedList(list!));
    },
    flush: () => called(() => session.flush()),
    destroy: () => void called(() => session.destroy()),
  };
}

/** Who compiles for a backend. */
function targetOf(backend: string | undefined): Target {
  return backend === 'cpu' ? 'cpu' : 'gpu';
}

function guardedKernel(kernel: NativeKernel): NativeKernel {
  const { source, explanation } = kernel;
  return { source, explanation, run: (x, y, z) => called(() => kernel.run(x, y, z)) };
}

function guardedList(list: NativeList): NativeList {
  return { replay: (times) => called(() => list.replay(times)) };
}

/** What a call gives, or the panic; WebAssembly says undefined where the addon says null. */
function called(act: () => Failure | null | undefined | void): Failure | null {
  if (broken) {
    return broken;
  }
  try {
    return act() ?? null;
  } catch (error) {
    return panicked(String(error));
  }
}

/** What a promise gives, or the panic. */
function promised<T>(act: () => Promise<T>): Promise<T | Failure> {
  return new Promise((resolve, reject) => {
    if (broken) {
      resolve(broken);
      return;
    }
    waiting.add(resolve);
    const settle = (outcome: () => void) => {
      waiting.delete(resolve);
      outcome();
    };
    try {
      act().then((value) => settle(() => resolve(value)), (error) => settle(() => reject(error)));
    } catch (error) {
      settle(() => resolve(panicked(String(error))));
    }
  });
}
