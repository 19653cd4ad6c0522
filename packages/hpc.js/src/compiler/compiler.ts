// The compilers of pages, which are WebAssembly of their own. A quick one is fetched when kernels are expected, while a worker starts in
// which it runs, so that the page goes on while the browser gets it ready and while kernels are compiled. Where it gives up, the full one
// is fetched, for a worker of its own. Where no worker can be started they run in the page.

import type { Failure } from '../errors.js';
import { fetchModule } from '../module.js';
import {
  notLoaded, serve, type Answer, type Arrival, type Compilers, type Job, type Name, type Request, type Target,
} from './serve.js';

export type { Target };

const FILES: Record<Name, URL> = {
  gpu: new URL('../../web/hpc_quick_gpu.wasm', import.meta.url),
  cpu: new URL('../../web/hpc_quick_cpu.wasm', import.meta.url),
  full: new URL('../../web/hpc_compiler_bg.wasm', import.meta.url),
};

/** Where compilers of one kind run. */
interface Place {
  startWorker(): Worker;
  inPage(): Promise<Compilers>;
}

// Bundlers look for exactly these; webpack takes workers of one name for one.
const QUICK: Place = {
  startWorker: () => new Worker(new URL('./quick_worker.js', import.meta.url), { type: 'module', name: 'hpc-quick-compiler' }),
  inPage: async () => (await import('./quick.js')).quickCompilers({ warmsUp: false }),
};
const FULL: Place = {
  startWorker: () => new Worker(new URL('./full_worker.js', import.meta.url), { type: 'module', name: 'hpc-full-compiler' }),
  inPage: async () => (await import('./full.js')).fullCompiler(),
};

let quick: Caller | undefined;
let full: Caller | undefined;

const quickOnes = () => (quick ??= new Caller(QUICK));
const fullOne = () => (full ??= new Caller(FULL));

/** Compiles a kernel: resolves with its artifact as text, or with what is wrong. */
export async function compile(target: Target, request: Request): Promise<string | Failure> {
  // Whoever says where the text stands has heard that something is wrong.
  const artifact = request.origin ? undefined : await quickOnes().ask(target, 'compile', request);
  return artifact ?? (await fullOne().ask('full', 'compile', request))!;
}

/** Tells what the compiler finds out about a kernel and chooses for it, in lines for people, or what is wrong. */
export async function explain(request: Request): Promise<string | Failure> {
  return (await fullOne().ask('full', 'explain', request))!;
}

/** Lets the compiler be loaded, as there will be kernels. */
export function expectKernels(target: Target): void {
  // Whoever compiles is told if it does not come.
  quickOnes().load(target).catch(() => undefined);
}

interface Pending {
  readonly job: Job;
  resolve(outcome: string | Failure | undefined): void;
}

class Caller {
  readonly #place: Place;
  /** What was asked and not yet answered, by its number. */
  readonly #pending = new Map<number, Pending>();
  readonly #loading = new Map<Name, Promise<void>>();
  readonly #arrived: Arrival[] = [];
  #port: MessagePort;
  #count = 0;
  /** Whether the script of who compiles in the page did not come. */
  #isUnserved = false;
  /** What it said when it stopped: after a mistake of ours nothing in it works any more. */
  #stopped: string | Failure | undefined;

  constructor(place: Place) {
    this.#place = place;
    try {
      this.#port = this.#startWorker();
    } catch {
      this.#port = this.#startInPage();
    }
  }

  /** Resolves with what a compiler says; with nothing if it gives up. */
  async ask(name: Name, act: Job['act'], request: Request): Promise<string | Failure | undefined> {
    try {
      await this.load(name);
    } catch (error) {
      return notLoaded(error);
    }
    if (this.#stopped) {
      return this.#stopped;
    }
    if (this.#isUnserved) {
      this.#moveIntoPage();
    }
    return new Promise((resolve) => {
      const job = { ...request, id: (this.#count += 1), name, act };
      this.#pending.set(job.id, { job, resolve });
      this.#port.postMessage(job);
    });
  }

  /** Fetches a compiler, once. */
  load(name: Name): Promise<void> {
    const loading =
      this.#loading.get(name) ??
      fetchModule(FILES[name]).then((module) => {
        this.#arrived.push({ name, module });
        this.#port.postMessage({ name, module } satisfies Arrival);
      });
    this.#loading.set(name, loading);
    // What could not be fetched now may be there later.
    loading.catch(() => this.#loading.delete(name));
    return loading;
  }

  // Throws where files of other sites are no workers, and where there are no workers.
  #startWorker(): MessagePort {
    const worker = this.#place.startWorker();
    // The page's rules forbid it, or its file is not there.
    worker.onerror = () => {
      worker.terminate();
      this.#moveIntoPage();
    };
    const { port, far } = this.#connect();
    worker.postMessage(far, [far]);
    return port;
  }

  #moveIntoPage(): void {
    this.#port = this.#startInPage();
    this.#arrived.forEach((arrival) => this.#port.postMessage(arrival));
    this.#pending.forEach(({ job }) => this.#port.postMessage(job));
  }

  #startInPage(): MessagePort {
    this.#isUnserved = false;
    const { port, far } = this.#connect();
    // Messages wait at the far end until it is served.
    this.#place.inPage().then(
      (compilers) => serve(far, compilers),
      (error) => {
        // Whoever asks next tries again, though browsers may remember that a script did not come.
        this.#isUnserved = true;
        this.#settleAll(notLoaded(error, 'reload the page'));
      },
    );
    return port;
  }

  #connect(): { port: MessagePort; far: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: { data: Answer }) => this.#handle(data);
    return { port: port1, far: port2 };
  }

  #handle({ id, outcome, hasStopped }: Answer): void {
    this.#settle(id, outcome);
    if (hasStopped) {
      this.#stopped = outcome;
      this.#settleAll(outcome);
    }
  }

  #settleAll(outcome: string | Failure | undefined): void {
    [...this.#pending.keys()].forEach((id) => this.#settle(id, outcome));
  }

  #settle(id: number, outcome: string | Failure | undefined): void {
    this.#pending.get(id)?.resolve(outcome);
    this.#pending.delete(id);
  }
}
