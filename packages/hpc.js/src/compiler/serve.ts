// The end of the compilers that compiles.

import type { Failure } from '../errors.js';
import type { Origin } from '../origin.js';
import { compileQuickly, warmUp } from './quick.js';

/** The compilers: a quick one for each backend, and the one that knows everything. */
export type Name = 'gpu' | 'cpu' | 'full';

/** A compiler that is there from now on. */
export interface Arrival {
  readonly name: Name;
  readonly module: WebAssembly.Module;
}

/** What is asked of a compiler that is there: of a quick one only to compile, and it does not look at the origin. */
export interface Job {
  readonly id: number;
  readonly name: Name;
  readonly act: 'compile' | 'explain';
  readonly source: string;
  /** The interface in the words of its session. */
  readonly interface: string;
  /** Where the text stands. */
  readonly origin: Origin | undefined;
}

/** What came of a job, nothing if the compiler gave up; and whether the compiler is of no more use. */
export interface Answer {
  readonly id: number;
  readonly outcome: string | Failure | undefined;
  readonly hasStopped: boolean;
}

/** What the WebAssembly of the full compiler does, once it is loaded. */
export interface Full {
  load(module: WebAssembly.Module): Promise<unknown>;
  compile(source: string, interface_: string, origin: Origin | undefined): string | Failure;
  explain(source: string, interface_: string, origin: Origin | undefined): string | Failure;
}

/** Answers the jobs that come through `port`. While there are none, a quick compiler warms up, if it may take the time. */
export function serve(port: MessagePort, findFull: () => Promise<Full>, { warmsUp }: { warmsUp: boolean }): void {
  const modules = new Map<Name, WebAssembly.Module>();
  let full: Promise<Full> | undefined;
  let isAsked = false;
  port.onmessage = async ({ data }: { data: Arrival | Job }) => {
    if ('module' in data) {
      const { name, module } = data;
      modules.set(name, module);
      if (name !== 'full' && warmsUp && !isAsked) {
        warmUp(module);
      }
      return;
    }
    isAsked = true;
    const { id, name, source, interface: interface_ } = data;
    const module = modules.get(name)!;
    if (name === 'full') {
      full ??= load(module, findFull);
      port.postMessage(await answer(full, data));
    } else {
      port.postMessage({ id, outcome: compileQuickly(module, source, interface_), hasStopped: false } satisfies Answer);
    }
  };
}

async function load(module: WebAssembly.Module, find: () => Promise<Full>): Promise<Full> {
  const full = await find();
  await full.load(module);
  return full;
}

async function answer(loading: Promise<Full>, { id, act, source, interface: interface_, origin }: Job): Promise<Answer> {
  let full;
  try {
    full = await loading;
  } catch (error) {
    return { id, outcome: notLoaded(error), hasStopped: false };
  }
  try {
    return { id, outcome: full[act](source, interface_, origin), hasStopped: false };
  } catch (error) {
    const what = 'internal error: the compiler stopped; please report it with the text below, and reload the page';
    return { id, outcome: failure(`${what}\n${error}`), hasStopped: true };
  }
}

/** What to say where its files could not be fetched. */
export function notLoaded(error: unknown): Failure {
  return failure(`the compiler cannot be loaded: ${error}; try again when its files can be fetched`);
}

function failure(message: string): Failure {
  return { kind: 'Internal', message, mistakes: [] };
}
