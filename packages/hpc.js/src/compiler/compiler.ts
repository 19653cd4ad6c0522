// The compiler of pages, which is WebAssembly of its own: it is fetched when kernels are expected, while a worker starts in which it runs, so
// that the page goes on while the browser gets it ready and while kernels are compiled. Where no worker can be started it runs in the page.

import type { Failure } from '../errors.js';
import type { Origin } from '../origin.js';
import { notLoaded, serve, type Answer, type Binding } from './serve.js';

/** What kernels are compiled for: each has a compiler, and a page downloads only what it needs. */
export type Target = 'gpu' | 'cpu';

/** A kernel's text, the interface in the words of its session, and where the text stands. */
export interface Request {
  readonly source: string;
  readonly interface: string;
  readonly origin: Origin | undefined;
}

const FILES: Record<Target, URL> = {
  gpu: new URL('../../web/hpc_compiler_gpu_bg.wasm', import.meta.url),
  cpu: new URL('../../web/hpc_compiler_cpu_bg.wasm', import.meta.url),
};

const BINDINGS: Record<Target, () => Promise<Binding>> = {
  gpu: async () => (await import('./gpu.js')).gpu,
  cpu: async () => (await import('./cpu.js')).cpu,
};

// Bundlers look for exactly this; webpack takes workers of one name for one.
const WORKERS: Record<Target, () => Worker> = {
  gpu: () => new Worker(new URL('./gpu_worker.js', import.meta.url), { type: 'module', name: 'hpc-compiler-gpu' }),
  cpu: () => new Worker(new URL('./cpu_worker.js', import.meta.url), { type: 'module', name: 'hpc-compiler-cpu' }),
};

const compilers = new Map<Target, Compiler>();

/** Compiles a kernel: resolves with its artifact as text, or with what is wrong. */
export function compile(target: Target, request: Request): Promise<string | Failure> {
  return compilerOf(target).compile(request);
}

/** Lets the compiler be loaded, as there will be kernels. */
export function expectKernels(target: Target): void {
  compilerOf(target);
}

function compilerOf(target: Target): Compiler {
  const compiler = compilers.get(target) ?? new Compiler(target);
  compilers.set(target, compiler);
  return compiler;
}

interface Pending {
  readonly request: Request;
  resolve(outcome: string | Failure): void;
}

class Compiler {
  readonly #target: Target;
  readonly #pending: Pending[] = [];
  #port: MessagePort;
  #loading: Promise<void> | undefined;
  #module: WebAssembly.Module | undefined;
  /** What it said when it stopped: after a mistake of ours nothing in it works any more. */
  #stopped: string | Failure | undefined;

  constructor(target: Target) {
    this.#target = target;
    try {
      this.#port = this.#startWorker();
    } catch {
      this.#port = this.#startInPage();
    }
    void this.#load();
  }

  async compile(request: Request): Promise<string | Failure> {
    try {
      await this.#load();
    } catch (error) {
      return notLoaded(error);
    }
    return new Promise((resolve) => {
      if (this.#stopped) {
        resolve(this.#stopped);
        return;
      }
      this.#pending.push({ request, resolve });
      this.#port.postMessage(request);
    });
  }

  #load(): Promise<void> {
    this.#loading ??= fetchModule(FILES[this.#target]).then((module) => {
      this.#module = module;
      this.#port.postMessage(module);
    });
    // What could not be fetched now may be there later.
    this.#loading.catch(() => (this.#loading = undefined));
    return this.#loading;
  }

  // Throws where files of other sites are no workers, and where there are no workers.
  #startWorker(): MessagePort {
    const worker = WORKERS[this.#target]();
    // The page's rules forbid it, or its file is not there.
    worker.onerror = () => {
      worker.terminate();
      this.#port = this.#startInPage();
      if (this.#module) {
        this.#port.postMessage(this.#module);
        this.#pending.forEach(({ request }) => this.#port.postMessage(request));
      }
    };
    const { port, far } = this.#connect();
    worker.postMessage(far, [far]);
    return port;
  }

  #startInPage(): MessagePort {
    const { port, far } = this.#connect();
    serve(far, BINDINGS[this.#target], { warmsUp: false });
    return port;
  }

  #connect(): { port: MessagePort; far: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: { data: Answer }) => this.#handle(data);
    return { port: port1, far: port2 };
  }

  // Answers come in the order of the requests.
  #handle({ outcome, hasStopped }: Answer): void {
    this.#pending.shift()?.resolve(outcome);
    if (hasStopped) {
      this.#stopped = outcome;
      this.#pending.splice(0).forEach(({ resolve }) => resolve(outcome));
    }
  }
}

/** Servers may not know what WebAssembly is: then it is compiled only when all of it is there. */
async function fetchModule(file: URL): Promise<WebAssembly.Module> {
  const response = await fetch(file);
  if (!response.ok) {
    throw new Error(`${file.pathname} is not there (${response.status})`);
  }
  const isKnown = response.headers.get('Content-Type') === 'application/wasm';
  return isKnown ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
