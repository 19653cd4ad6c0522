// Sessions that come back by themselves when their device was lost.
//
// Nobody is told of a loss but by a call that fails, so a call that fails begins the recovery. Promises that are asked for meanwhile wait for it;
// what cannot wait fails.

import type { Session, SessionKernel, SessionList } from './session.js';
import type { RecoveryEvent } from './types.js';

/** So many milliseconds after an attempt that failed there is no other one: programs that draw call sixty times a second. */
const PAUSE = 1000;

type Recover = () => Promise<RecoveryEvent>;
type OnRecover = ((event: RecoveryEvent) => void) | undefined;

/** The same session, which comes back. */
export function recovering(session: Session, recover: Recover, onRecover: OnRecover): Session {
  const { now, later } = new Recovery(recover, onRecover);
  const kernelOf = (kernel: SessionKernel): SessionKernel => ({ ...kernel, run: (x, y, z) => now(() => kernel.run(x, y, z)) });
  const listOf = (list: SessionList): SessionList => ({ replay: (times) => now(() => list.replay(times)) });
  return {
    ...session,
    createKernel: async (kernel) => kernelOf(await later(() => session.createKernel(kernel))),
    setUniforms: (values) => now(() => session.setUniforms(values)),
    writeBuffer: (name, contents, start) => now(() => session.writeBuffer(name, contents, start)),
    copyBuffer: (source, destination, range) => now(() => session.copyBuffer(source, destination, range)),
    createBuffer: (parts, record) => now(() => session.createBuffer(parts, record)),
    resizeBuffer: (parts, record) => now(() => session.resizeBuffer(parts, record)),
    destroyBuffer: (names, record) => now(() => session.destroyBuffer(names, record)),
    readBuffer: (name, elements) => later(() => session.readBuffer(name, elements)),
    updateCanvas: () => now(() => session.updateCanvas()),
    readCanvas: () => later(() => session.readCanvas()),
    onSubmittedWorkDone: () => later(() => session.onSubmittedWorkDone()),
    checkpoint: () => later(async () => session.checkpoint?.()),
    beginRecording: () => now(() => session.beginRecording()),
    endRecording: () => listOf(session.endRecording()),
    flush: () => now(() => session.flush()),
  };
}

class Recovery {
  readonly #recover: Recover;
  readonly #onRecover: OnRecover;
  /** What is under way; it never rejects. */
  #current: Promise<void> | undefined;
  #failedAt = -Infinity;

  constructor(recover: Recover, onRecover: OnRecover) {
    this.#recover = recover;
    this.#onRecover = onRecover;
  }

  /** Does a call that cannot wait. */
  readonly now = <T>(call: () => T): T => {
    try {
      return call();
    } catch (error) {
      this.#notice(error);
      throw error;
    }
  };

  /** Does a call that can. Its place in the queue is where it is called, unless it has to wait. */
  readonly later = async <T>(call: () => Promise<T>): Promise<T> => {
    if (this.#current) {
      await this.#current;
    }
    try {
      return await call();
    } catch (error) {
      this.#notice(error);
      throw error;
    }
  };

  #notice(error: unknown): void {
    const isLost = (error as { code?: unknown } | null)?.code === 'DeviceLost';
    if (isLost && !this.#current && performance.now() - this.#failedAt > PAUSE) {
      this.#current = this.#come();
    }
  }

  async #come(): Promise<void> {
    try {
      const event = await this.#recover();
      this.#current = undefined;
      this.#tell(event);
    } catch {
      // Calls go on failing, and later ones begin again.
      this.#current = undefined;
      this.#failedAt = performance.now();
    }
  }

  /** What the callback throws is its program's, and nobody's whose call waits. */
  #tell(event: RecoveryEvent): void {
    try {
      // A loss that another call began with may have been made good already.
      if (event.reason !== '') {
        this.#onRecover?.(event);
      }
    } catch (error) {
      void Promise.reject(error);
    }
  }
}
