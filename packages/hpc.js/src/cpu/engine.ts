// Runs the WebAssembly of kernels in workers: the end that the caller's thread holds, which never waits.
//
// A *coordinator* owns the memory of an interface and executes submissions in order; *helpers* take part in its runs where memory can
// be shared. Promises resolve in the order of the calls. After a failure everything rejects, and nothing runs any more.

import { EngineError, messageOf } from './errors.js';
import { withImportedMemory } from './imported.js';
import type { Answer, Layout, Request, Step, Stop } from './protocol.js';
import { stop } from './programs.js';
import { pageThreads, type Thread, type Threads } from './threads.js';

export class CpuEngine {
  /** How many threads run kernels. */
  readonly threadCount: number;

  readonly #port: MessagePort;
  readonly #threads: readonly Thread[];
  readonly #isShared: boolean;
  /** The memory, if it can be seen from here. */
  #memory: WebAssembly.Memory | undefined;
  #opening: Pending<void>;
  readonly #submissions: (Pending<readonly Uint8Array[]> & { readonly recording: Recording })[] = [];
  #programCount = 0;
  #failure: EngineError | undefined;

  /** Starts the workers and makes the memory. Rejects with an `EngineError`. */
  static async open(layout: Layout, threads: Threads = pageThreads()): Promise<CpuEngine> {
    return new Promise((resolve, reject) => {
      try {
        const engine: CpuEngine = new CpuEngine(layout, threads, { resolve: () => resolve(engine), reject });
      } catch (error) {
        reject(new EngineError('unstartable', `no worker can be started: ${messageOf(error)}`));
      }
    });
  }

  private constructor(layout: Layout, { count, isShared, spawn }: Threads, opening: Pending<void>) {
    this.threadCount = count;
    this.#isShared = isShared;
    this.#opening = opening;
    // First, as it may throw.
    const coordinator = spawn();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#port.onmessage = ({ data }: { data: Answer }) => this.#handle(data);
    const lines = Array.from({ length: count - 1 }, () => new MessageChannel());
    const helpers = lines.map((line) => line.port1);
    coordinator.onError((message) => this.#fail(new EngineError('unstartable', `a worker of the CPU backend failed: ${message}`)));
    coordinator.start({ role: 'coordinator', port: port2, layout, isShared, helpers }, [port2, ...helpers]);
    this.#threads = [coordinator, ...lines.flatMap((line) => startHelper(spawn, line.port2))];
  }

  /** Compiles a kernel, off this thread; resolves with its number. `scratch` is how much memory each thread needs for it. */
  async prepare(code: Uint8Array, scratch: number): Promise<number> {
    let module: WebAssembly.Module;
    try {
      module = await WebAssembly.compile(withImportedMemory(code, this.#isShared));
    } catch (error) {
      throw error instanceof EngineError ? error : new EngineError('refused', messageOf(error));
    }
    const id = this.#programCount++;
    this.#send({ kind: 'learn', id, module, scratch });
    return id;
  }

  /** Lets go of a kernel that will not be run again. */
  forget(id: number): void {
    this.#send({ kind: 'forget', id });
  }

  /** Executes what was recorded, after everything before; resolves with the data of its reads and pictures. `params` are those of all its runs. */
  submit(recording: Recording, params: Uint8Array): Promise<readonly Uint8Array[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#submissions.push({ resolve, reject, recording });
      this.#send({ kind: 'submit', steps: recording.steps, params }, recording.owned);
    });
  }

  /** Ends what is running, and all workers. What was submitted rejects. */
  stop(): void {
    this.#fail(new EngineError('stopped', 'the engine was stopped'));
  }

  #handle(answer: Answer): void {
    switch (answer.kind) {
      case 'opened':
        this.#memory = answer.memory;
        this.#opening.resolve();
        break;
      case 'done':
        this.#done(answer.reads, answer.stops);
        break;
      case 'failed':
        this.#fail(new EngineError(answer.error, answer.message));
    }
  }

  #done(reads: readonly Uint8Array[], stops: readonly Stop[]): void {
    const submission = this.#submissions.shift();
    if (submission) {
      submission.recording.stops = stops.flatMap(({ run, reason }) => [run, reason]);
      submission.resolve(reads);
    }
  }

  #fail(error: EngineError): void {
    if (this.#failure) {
      return;
    }
    this.#failure = error;
    if (this.#memory) {
      // Pages let code run on for seconds after they have terminated its worker.
      stop(this.#memory);
    }
    this.#threads.forEach((thread) => thread.terminate());
    this.#port.close();
    this.#opening.reject(error);
    this.#submissions.splice(0).forEach(({ reject }) => reject(error));
  }

  #send(request: Request, transfer: Transferable[] = []): void {
    if (!this.#failure) {
      this.#port.postMessage(request, transfer);
    }
  }
}

/** The steps of a submission, recorded one by one. */
export class Recording {
  readonly steps: Step[] = [];
  /** The memory of what is written, which goes to the coordinator. */
  readonly owned: ArrayBuffer[] = [];
  /** Once it is executed: the numbers of the runs that gave up, each with the reason that its code left. */
  stops: readonly number[] = [];

  /** Runs a kernel over a grid with the params that start at `params` in those of the submission. */
  run(program: number, lanes: number, rows: number, params: number, paramsBytes: number): void {
    this.steps.push({ kind: 'run', program, lanes, rows, params, paramsBytes });
  }

  /** Replaces what lies at `at`; the bytes are the recording's from now on. */
  write(at: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.steps.push({ kind: 'write', at, bytes });
    this.owned.push(bytes.buffer);
  }

  copy(from: number, to: number, bytes: number): void {
    this.steps.push({ kind: 'copy', from, to, bytes });
  }

  /** Makes the memory so many pages larger. */
  grow(pages: number): void {
    this.steps.push({ kind: 'grow', pages });
  }

  /** Makes the bytes at `at` zeros. */
  clear(at: number, bytes: number): void {
    this.steps.push({ kind: 'clear', at, bytes });
  }

  /** Adds what lies at `at` now to the answer. */
  read(at: number, bytes: number): void {
    this.steps.push({ kind: 'read', at, bytes });
  }

  /** Copies the pixels at `from`, and adds them, opaque, to the answer. */
  present(from: number, to: number, bytes: number): void {
    this.steps.push({ kind: 'present', from, to, bytes });
  }
}

interface Pending<T> {
  resolve(value: T): void;
  reject(error: EngineError): void;
}

/** The helper, unless it cannot start: it is not missed, as others do its part. */
function startHelper(spawn: () => Thread, port: MessagePort): Thread[] {
  try {
    const helper = spawn();
    helper.onError(() => undefined);
    helper.start({ role: 'helper', port }, [port]);
    return [helper];
  } catch {
    return [];
  }
}
