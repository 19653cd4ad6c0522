// The worker that owns the memory of an interface and executes its submissions, in order.

import { Board } from './board.js';
import { WorkerPool } from './worker_pool.js';
import { EngineError, messageOf } from './errors.js';
import { Programs, resume } from './programs.js';
import type { Answer, CoordinatorStart, HelperFailure, HelperMessage, Layout, Request, Step, Stop, Submission } from './protocol.js';

export function coordinate({ port, layout, isShared, helpers }: CoordinatorStart): void {
  const answer = (message: Answer, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  try {
    const memory = allocate(layout, isShared);
    const coordinator = new Coordinator(memory, layout, helpers, answer);
    port.onmessage = ({ data }: { data: Request }) => coordinator.handle(data);
    answer({ kind: 'opened', ...(isShared && { memory }) });
  } catch (error) {
    answer(failure(error));
  }
}

function allocate({ pages, mostPages }: Layout, isShared: boolean): WebAssembly.Memory {
  // Some devices do not set so many addresses aside.
  for (let maximum = mostPages; ; maximum = Math.max(pages, maximum >> 1)) {
    try {
      return new WebAssembly.Memory({ initial: pages, maximum, shared: isShared });
    } catch (error) {
      if (maximum <= pages) {
        throw new EngineError('outOfMemory', messageOf(error));
      }
    }
  }
}

function failure(error: unknown): Answer {
  const kind = error instanceof EngineError ? error.kind : 'failed';
  return { kind: 'failed', error: kind, message: messageOf(error) };
}

class Coordinator {
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array;
  readonly #layout: Layout;
  readonly #helpers: readonly MessagePort[];
  readonly #answer: (message: Answer, transfer?: Transferable[]) => void;
  readonly #programs: Programs;
  readonly #pool: WorkerPool;
  #hasFailed = false;

  constructor(memory: WebAssembly.Memory, layout: Layout, helpers: readonly MessagePort[], answer: (message: Answer, transfer?: Transferable[]) => void) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#layout = layout;
    this.#helpers = helpers;
    this.#answer = answer;
    this.#programs = new Programs(memory, layout.scratch);
    const board = Board.memory(helpers.length);
    this.#pool = new WorkerPool(new Board(board), this.#programs, helpers);
    helpers.forEach((port, helper) => {
      port.onmessage = ({ data }: { data: HelperFailure }) => this.#fail(new EngineError('failed', data.message));
      this.#tell(port, { kind: 'join', helper, board, memory, scratch: layout.scratch });
    });
  }

  handle(request: Request): void {
    if (this.#hasFailed) {
      return;
    }
    try {
      this.#execute(request);
    } catch (error) {
      this.#fail(error);
    }
  }

  #execute(request: Request): void {
    if (request.kind === 'submit') {
      this.#submit(request);
      return;
    }
    if (request.kind === 'learn') {
      this.#programs.learn(request);
    } else {
      this.#programs.forget(request.id);
    }
    this.#helpers.forEach((port) => this.#tell(port, request));
  }

  #submit({ steps, params }: Submission): void {
    const reads: Uint8Array<ArrayBuffer>[] = [];
    const stops: Stop[] = [];
    let runs = 0;
    for (const step of steps) {
      if (step.kind === 'run') {
        this.#bytes.set(params.subarray(step.params, step.params + step.paramsBytes), this.#layout.params);
        const reason = this.#run(step.program, step);
        if (reason !== 0) {
          stops.push({ run: runs, reason });
        }
        runs++;
      }
      const read = this.#step(step);
      if (this.#hasFailed) {
        return;
      }
      if (read) {
        reads.push(read);
      }
    }
    this.#answer({ kind: 'done', reads, stops }, reads.map(({ buffer }) => buffer));
  }

  /** Executes a step that is no run; what it read, if it reads. */
  #step(step: Step): Uint8Array<ArrayBuffer> | undefined {
    switch (step.kind) {
      case 'run':
        return undefined;
      case 'write':
        this.#bytes.set(step.bytes, step.at);
        return undefined;
      case 'copy':
        this.#bytes.copyWithin(step.to, step.from, step.from + step.bytes);
        return undefined;
      case 'grow':
        this.#grow(step.pages);
        return undefined;
      case 'clear':
        this.#bytes.fill(0, step.at, step.at + step.bytes);
        return undefined;
      case 'read':
        return this.#read(step.at, step.bytes);
      case 'present':
        this.#bytes.copyWithin(step.to, step.from, step.from + step.bytes);
        return opaque(this.#read(step.to, step.bytes));
    }
  }

  /** Code sees the larger memory by itself. */
  #grow(pages: number): void {
    try {
      this.#memory.grow(pages);
    } catch (error) {
      throw new EngineError('outOfMemory', messageOf(error));
    }
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }

  /** A copy in memory of its own, also if this one is shared. */
  #read(at: number, bytes: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(at, at + bytes));
  }

  /** Runs a kernel; the reason for which it gave up, or 0. */
  #run(id: number, grid: { lanes: number; rows: number }): number {
    const program = this.#programs.get(id);
    if (!program) {
      throw new EngineError('refused', 'a kernel was run that nobody has told of');
    }
    const threads = 1 + this.#helpers.length;
    const most = program.scratch > 0 ? Math.floor(this.#layout.scratchBytes / program.scratch) : threads;
    if (this.#pool.run(program, grid, Math.min(most, threads))) {
      return 0;
    }
    const reason = resume(this.#memory);
    // Else the helper who failed tells why.
    this.#hasFailed ||= reason === 0;
    return reason;
  }

  #fail(error: unknown): void {
    this.#hasFailed = true;
    this.#answer(failure(error));
  }

  #tell(port: MessagePort, message: HelperMessage): void {
    port.postMessage(message);
  }
}

/** The same pixels of four bytes, which lack their alpha, with it. */
function opaque(pixels: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(pixels.buffer);
  for (let pixel = 0; pixel < words.length; pixel++) {
    words[pixel]! |= 0xff000000;
  }
  return pixels;
}
