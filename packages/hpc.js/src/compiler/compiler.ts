// The compiler of pages, which is WebAssembly of its own: it is fetched when kernels are expected, while a worker starts in which it runs,
// so that the page goes on while the browser gets it ready and while kernels are compiled. Where no worker can be started it runs in the page.

import type { Failure } from '../errors.js';
import { fetchModule } from '../module.js';
import { notLoaded, serve, type Answer, type Arrival, type Job, type Request, type Target } from './serve.js';

export type { Target };

const FILES: Record<Target, URL> = {
  gpu: new URL('../../web/hpc_compiler_gpu_bg.wasm', import.meta.url),
  cpu: new URL('../../web/hpc_compiler_cpu_bg.wasm', import.meta.url),
};

let caller: Caller | undefined;

const theCaller = () => (caller ??= new Caller());

/** Compiles a kernel: resolves with its artifact as text, or with what is wrong. */
export function compile(target: Target, request: Request): Promise<string | Failure> {
  return theCaller().ask(target, 'compile', request);
}

/** Tells what the compiler finds out about a kernel and chooses for it, in lines for people, or what is wrong. */
export function explain(target: Target, request: Request): Promise<string | Failure> {
  return theCaller().ask(target, 'explain', request);
}

/** Lets the compiler be loaded, as there will be kernels. */
export function expectKernels(target: Target): void {
  // Whoever compiles is told if it does not come.
  theCaller().load(target).catch(() => undefined);
}

interface Pending {
  readonly job: Job;
  resolve(outcome: string | Failure): void;
}

class Caller {
  /** What was asked and not yet answered, by its number. */
  readonly #pending = new Map<number, Pending>();
  readonly #loading = new Map<Target, Promise<void>>();
  readonly #arrived: Arrival[] = [];
  #port: MessagePort;
  #count = 0;
  /** Whether the script of who compiles in the page did not come. */
  #isUnserved = false;
  /** What it said when it stopped: after a mistake of ours nothing in it works any more. */
  #stopped: string | Failure | undefined;

  constructor() {
    try {
      this.#port = this.#startWorker();
    } catch {
      this.#port = this.#startInPage();
    }
  }

  /** Resolves with what the compiler says. */
  async ask(target: Target, act: Job['act'], request: Request): Promise<string | Failure> {
    try {
      await this.load(target);
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
      const job = { ...request, id: (this.#count += 1), target, act };
      this.#pending.set(job.id, { job, resolve });
      this.#port.postMessage(job);
    });
  }

  /** Fetches a compiler, once. */
  load(target: Target): Promise<void> {
    const loading = this.#loading.get(target) ?? this.#fetch(target);
    this.#loading.set(target, loading);
    // What could not be fetched now may be there later.
    loading.catch(() => this.#loading.delete(target));
    return loading;
  }

  async #fetch(target: Target): Promise<void> {
    const module = await fetchModule(FILES[target]);
    this.#arrived.push({ target, module });
    this.#port.postMessage({ target, module } satisfies Arrival);
  }

  // Throws where files of other sites are no workers, and where there are no workers.
  #startWorker(): MessagePort {
    // Bundlers look for exactly this; webpack takes workers of one name for one.
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'hpc-compiler' });
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
    import('./compilers.js').then(
      ({ compilers }) => serve(far, compilers({ warmsUp: false })),
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

  #settleAll(outcome: string | Failure): void {
    [...this.#pending.keys()].forEach((id) => this.#settle(id, outcome));
  }

  #settle(id: number, outcome: string | Failure): void {
    this.#pending.get(id)?.resolve(outcome);
    this.#pending.delete(id);
  }
}
