// The package as programs on this site see it: the interface is the package's, and what it is called for is recorded.

import GPUInterface, * as hpc from 'hpc.js';
import type { Backend, BufferDescription, Command, InterfaceDescription, KernelDescription } from '../messages.js';
import { isAbout, lineOf } from './problems.js';
import type { Recorder } from './recorder.js';

/** What a recorded interface needs to know and whom it tells. */
export interface Setting {
  readonly program: string;
  readonly backend: Backend;
  readonly recorder: Recorder;
  onInterface(gpu: GPUInterface, description: InterfaceDescription): void;
  onPaint(gpu: GPUInterface): void;
  onKernel(kernel: KernelDescription): void;
  onReport(message: string): void;
}

type Spec = hpc.GPUInterfaceSpec<readonly hpc.BufferSpec[], any, any>;
type Kernel = Parameters<GPUInterface['createKernel']>[0];

/** The exports of the package, with a class of interfaces that are recorded. */
export function recordedModule(setting: Setting): typeof hpc {
  const { recorder } = setting;
  let interfaces = 0;
  let kernels = 0;

  class RecordedInterface extends GPUInterface {
    readonly #spec: Spec;
    #waiting: { done?: number }[] = [];
    #isMarked = false;

    constructor(spec: Spec = {}) {
      const chosen = setting.backend === 'auto' ? {} : { backend: setting.backend };
      const onReport = (report: hpc.DebugReport) => setting.onReport(report.message);
      super({ ...spec, options: { onReport, ...spec.options, ...chosen } });
      this.#spec = spec;
    }

    override async initialize(): Promise<this> {
      const isFirst = !this.isInitialized;
      await super.initialize();
      if (isFirst) {
        setting.onInterface(this, describe(this, this.#spec, interfaces++));
      }
      return this;
    }

    override async createKernel(kernel: Kernel, options?: hpc.KernelOptions): Promise<hpc.GPUKernel> {
      const text = String(kernel);
      const name = nameOf(text, setting.program) ?? `kernel ${kernels + 1}`;
      kernels += 1;
      try {
        const { result, command } = recorder.record('compile', name, '', () => super.createKernel(kernel, options));
        const { source, explain, run } = await result;
        this.#isDone(command);
        setting.onKernel({ name, line: lineOf(text, setting.program), source });
        const recordedRun = (x: number, y?: number, z?: number) =>
          this.#enqueued(recorder.recordRun(name, [x, y ?? 1, z ?? 1], () => run(x, y, z)));
        return Object.freeze({ source, explain, run: recordedRun });
      } catch (error) {
        isAbout(error, text);
        throw error;
      }
    }

    override setUniforms(values: Parameters<GPUInterface['setUniforms']>[0]): void {
      const names = Object.keys(values ?? {}).join(', ');
      this.#enqueued(recorder.record('uniforms', names, '', () => super.setUniforms(values)).command);
    }

    override writeBuffer(name: string, data: hpc.BufferData | hpc.RecordData): void {
      this.#enqueued(recorder.record('write', name, '', () => super.writeBuffer(name, data)).command);
    }

    override copyBuffer(source: string, destination: string): void {
      const names = `${source} → ${destination}`;
      this.#enqueued(recorder.record('copy', names, '', () => super.copyBuffer(source, destination)).command);
    }

    override updateCanvas(): void {
      setting.onPaint(this);
      this.#enqueued(recorder.record('canvas', 'canvas', '', () => super.updateCanvas()).command);
    }

    // What it gives depends on its arguments, which TypeScript sees only where it is called.
    override async readBuffer(name: string, options?: hpc.ReadOptions): Promise<any> {
      const { result, command } = recorder.record('read', name, '', () => super.readBuffer(name, options));
      const contents = await result;
      this.#isDone(command);
      return contents;
    }

    #isDone(command: { done?: number }): void {
      command.done = recorder.now();
      recorder.changed();
    }

    // One question at a time: when its answer comes, all that was called before it is done.
    #enqueued(command: Command): void {
      this.#waiting.push(command);
      if (!this.#isMarked) {
        this.#isMarked = true;
        queueMicrotask(() => this.#mark());
      }
    }

    async #mark(): Promise<void> {
      const asked = this.#waiting;
      this.#waiting = [];
      try {
        await super.onSubmittedWorkDone();
        asked.forEach((command) => this.#isDone(command));
      } catch {
        // The interface was destroyed or the device is lost: what was asked about is never done.
      }
      this.#isMarked = this.#waiting.length > 0;
      if (this.#isMarked) {
        void this.#mark();
      }
    }
  }

  const recorded = RecordedInterface as unknown as typeof GPUInterface;
  return { ...hpc, default: recorded, GPUInterface: recorded };
}

function describe(gpu: GPUInterface, { buffers = [] }: Spec, id: number): InterfaceDescription {
  const { name = '', driver = '' } = gpu.adapterInfo ?? {};
  return {
    id,
    backend: gpu.backendType,
    device: driver === '' ? name : `${name}, ${driver}`,
    buffers: (buffers as readonly hpc.BufferSpec[]).flatMap(({ name, size, type, initialData }) => shapesOf(name, size, type ?? leafType(initialData))),
  };
}

/** A buffer, or the columns of one that holds objects. */
function shapesOf(name: string, size: readonly number[], type: hpc.FieldType): BufferDescription[] {
  if (typeof type === 'string') {
    return [{ name, size: [...size], type }];
  }
  if (Array.isArray(type)) {
    return shapesOf(name, [...size, type[1]], type[0]);
  }
  return Object.entries(type as hpc.RecordType).flatMap(([field, inner]) => shapesOf(`${name}.${field}`, size, inner));
}

/** The types of elements that arrays hold; all others hold numbers. */
const TYPES_OF_ARRAYS: Readonly<Record<string, hpc.ElementName>> = {
  Int32Array: 'i32', Uint32Array: 'u32', Int16Array: 'i16', Uint16Array: 'u16', Int8Array: 'i8', Uint8Array: 'u8', Uint8ClampedArray: 'u8-clamped',
  Float16Array: 'f16', Float64Array: 'f64',
};

/** The type that elements have by themselves. */
function leafType(data: unknown): hpc.FieldType {
  if (Array.isArray(data)) {
    return leafType(data[0]);
  }
  if (ArrayBuffer.isView(data)) {
    return TYPES_OF_ARRAYS[data.constructor.name] ?? 'number';
  }
  if (typeof data !== 'object' || data === null) {
    return typeof data === 'boolean' ? 'boolean' : 'number';
  }
  const { type } = data as { type?: hpc.ElementName };
  return typeof type === 'string' ? type : Object.fromEntries(Object.entries(data).map(([name, value]) => [name, typeOfField(value)]));
}

function typeOfField(value: unknown): hpc.FieldType {
  const isArray = Array.isArray(value) || ArrayBuffer.isView(value);
  return isArray ? [leafType(value), (value as ArrayLike<unknown>).length] : leafType(value);
}

/** The name of the variable that a kernel is stored in, as in `const NAME = await gpu.createKernel(…)`. */
function nameOf(text: string, program: string): string | undefined {
  const start = program.indexOf(text);
  return start < 0 ? undefined : /([\w$]+)\s*=\s*(?:await\s+)?[\w$.#]+\.createKernel\(\s*$/.exec(program.slice(0, start))?.[1];
}
