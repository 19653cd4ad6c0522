// The end of the compiler that compiles: it answers requests in their order.

import type { Failure } from '../errors.js';
import type { Origin } from '../origin.js';
import type { Request } from './compiler.js';

/** What the WebAssembly of a compiler does, once it is loaded. */
export interface Binding {
  load(module: WebAssembly.Module): Promise<unknown>;
  compile(source: string, interface_: string, origin: Origin | undefined): string | Failure;
  /** Compiles a kernel that nobody waits for, so that the browser makes machine code of the compiler. */
  warmUp(): string | Failure;
}

/** What comes back: an artifact as text or what is wrong, and whether the compiler is of no more use. */
export interface Answer {
  readonly outcome: string | Failure;
  readonly hasStopped: boolean;
}

/** Answers what comes through `port` after a module. While nobody asks, it warms up, if it may take the time. */
export function serve(port: MessagePort, find: () => Promise<Binding>, { warmsUp }: { warmsUp: boolean }): void {
  let isAsked = false;
  let loading: Promise<Binding>;
  port.onmessage = async ({ data }: { data: WebAssembly.Module | Request }) => {
    if (data instanceof WebAssembly.Module) {
      loading = load(data, find);
      loading.then(
        (binding) => warmsUp && !isAsked && binding.warmUp(),
        // Whoever asks is told.
        () => undefined,
      );
    } else {
      isAsked = true;
      port.postMessage(await answer(loading, data));
    }
  };
}

async function load(module: WebAssembly.Module, find: () => Promise<Binding>): Promise<Binding> {
  const binding = await find();
  await binding.load(module);
  return binding;
}

async function answer(loading: Promise<Binding>, { source, interface: interface_, origin }: Request): Promise<Answer> {
  let binding;
  try {
    binding = await loading;
  } catch (error) {
    return { outcome: notLoaded(error), hasStopped: false };
  }
  try {
    return { outcome: binding.compile(source, interface_, origin), hasStopped: false };
  } catch (error) {
    const what = 'internal error: the compiler stopped; please report it with the text below, and reload the page';
    return { outcome: failure(`${what}\n${error}`), hasStopped: true };
  }
}

/** What to say where its files could not be fetched. */
export function notLoaded(error: unknown): Failure {
  return failure(`the compiler cannot be loaded: ${error}; try again when its files can be fetched`);
}

function failure(message: string): Failure {
  return { kind: 'Internal', message, mistakes: [] };
}
