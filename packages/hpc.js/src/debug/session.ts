// The debug backend: kernels are called as plain JavaScript, thread by thread, within `run`. It shares nothing with the
// compiler, which is only asked what is wrong with a kernel's text. `console.log` and breakpoints in kernels work, and what depends on
// luck is reported.

import type { Check } from '../binding.js';
import { withConstants } from '../constants.js';
import { clearPads, type Shape } from '../data.js';
import type { Buffer, Description } from '../description.js';
import { arrayClassOf, slotsOf, type ValueType } from '../elements.js';
import { refusal } from '../errors.js';
import { vec2i, vec2u, vec3i, vec3u, vec4i, vec4u } from '../integer_vectors.js';
import * as functions from '../functions.js';
import { types } from '../kernel_only.js';
import { findOrigin, type Origin } from '../origin.js';
import { platform } from '../platform.js';
import type { RecordBuffer } from '../records.js';
import type { CopyRange, ElementRange, KernelText, Session, SessionKernel, SessionList } from '../session.js';
import { shortened } from '../suggest.js';
import type { AdapterInfo, CanvasLike, TypedArray } from '../types.js';
import type { Uniform } from '../uniforms.js';
import { componentsOf } from '../vector_family.js';
import { vec2, vec3, vec4, type GPUVec3 } from '../vectors.js';
import { array, atomics, copy, DebugBuffer, dim, passed, place, steps, swizzled, uniformArray } from './memory.js';
import { recordView } from './records.js';
import { Reporter } from './reports.js';
import { compile, withoutDebugging, type Helpers, type Library } from './rewrite.js';
import { equals, numbersOf, valueOf } from '../values.js';

/** What kernels import. */
export const LIBRARY: Library = { vec2, vec3, vec4, vec2i, vec3i, vec4i, vec2u, vec3u, vec4u, array, dim, types, ...functions };
/** What the rewritten text of a kernel calls. */
export const HELPERS: Helpers & { readonly Atomics: object } = { hpc__array: array, hpc__copy: copy, hpc__passed: passed, hpc__place: place, hpc__steps: steps, hpc__swizzled: swizzled, hpc__equals: equals, Atomics: atomics };

/** Marks a function that is to be called as it is, with what it closes over; tests state expectations with such. */
const AS_WRITTEN = Symbol.for('hpc.js:as-written');

type Kernel = (inputs: object) => void;

/** What is being recorded, and the uniforms that hold again when it ends. */
interface Recording {
  readonly list: (() => void)[];
  readonly before: Map<string, Uniform>;
}

/** How many kernels got a name of their own, as their file was not found. */
let kernelCount = 0;

export class DebugSession implements Session {
  readonly backendType = 'debug';
  readonly adapterInfo: AdapterInfo = { name: 'plain JavaScript', driver: '', api: 'debug', kind: 'software' };

  readonly #buffers: Map<string, DebugBuffer>;
  readonly #records: Map<string, RecordBuffer>;
  /** The names of the buffers that were destroyed. */
  readonly #gone = new Set<string>();
  /** The buffers as kernels see them. */
  #views: object;
  #uniforms = new Map<string, Uniform>();
  #recording: Recording | undefined;
  readonly #usingCpu: boolean;
  readonly #pixels: Pixels | undefined;
  readonly #reporter: Reporter;
  readonly #description: Description;
  /** Who tells what is wrong with kernels, once there are some. */
  #checking: Promise<Check | undefined> | undefined;
  #isDestroyed = false;

  constructor(description: Description, size: CanvasLike | undefined) {
    this.#description = description;
    this.#reporter = new Reporter(description.onReport);
    this.#buffers = new Map([...description.buffers.values()].map((buffer) => [buffer.name, this.#made(buffer)]));
    this.#records = new Map(description.records);
    this.#views = this.#seen();
    this.setUniforms([...description.uniforms.values()]);
    this.#usingCpu = description.useCpu;
    this.#pixels = size && new Pixels(size.width, size.height);
  }

  #made({ name, type, size, data, path }: Buffer): DebugBuffer {
    const made = new DebugBuffer(name, type, size, this.#reporter, path !== undefined);
    made.contents.set(data ?? []);
    return made;
  }

  #seen(): object {
    const values = [...this.#buffers.values()].filter(({ isColumn }) => !isColumn);
    const views = {
      ...Object.fromEntries(values.map(({ name, view }) => [name, view])),
      ...Object.fromEntries([...this.#records].map(([name, record]) => [name, recordView(record, (column) => this.#buffers.get(column)!)])),
    };
    for (const name of this.#gone) {
      Object.defineProperty(views, name, { get: () => refuseGone(name) });
    }
    return withoutPrototype(views);
  }

  createBuffer(parts: readonly Buffer[], record?: RecordBuffer): void {
    const made = parts.map((part) => this.#made(part));
    this.#change([record?.name ?? made[0]!.name], record, made);
  }

  resizeBuffer(parts: readonly Shape[], record?: RecordBuffer): void {
    const resized = parts.map(({ name, size }) => this.#buffers.get(name)!.resized(size));
    this.#change([], record, resized);
  }

  destroyBuffer(names: readonly string[], record?: string): void {
    names.forEach((name) => this.#buffers.delete(name));
    if (record !== undefined) {
      this.#records.delete(record);
    }
    this.#gone.add(record ?? names[0]!);
    this.#change([], undefined, []);
  }

  // Kernels see these buffers from now on, and are checked with them.
  #change(back: readonly string[], record: RecordBuffer | undefined, buffers: readonly DebugBuffer[]): void {
    back.forEach((name) => this.#gone.delete(name));
    buffers.forEach((buffer) => this.#buffers.set(buffer.name, buffer));
    if (record) {
      this.#records.set(record.name, record);
    }
    this.#views = this.#seen();
    void this.#checking?.then((check) => check?.close());
    this.#checking = undefined;
  }

  async createKernel({ text, constants, stack, callable, precompiled }: KernelText): Promise<SessionKernel> {
    const found = await findOrigin(text, stack);
    // What was compiled when the application was built was found right there, and its text may have been minified since.
    if (!precompiled) {
      await this.#check(text, constants, found);
    }
    const origin = found ?? { file: `hpc-kernel-${(kernelCount += 1)}.js`, line: 1 };
    const kernel = AS_WRITTEN in callable ? (callable as Kernel) : compile(text, LIBRARY, constants, HELPERS, origin);
    const run = (x: number, y: number, z: number) => {
      const uniforms = new Map(this.#uniforms);
      this.#do(() => this.#run(kernel, [x, y, z], uniforms, origin.file));
    };
    const explain = async () => 'debug backend: the function itself runs, one thread after the other\n';
    return { source: text, explain, run };
  }

  // Rejects if the compilers refuse a text.
  async #check(text: string, constants: string, origin: Origin | undefined): Promise<void> {
    this.#checking ??= openCheck(this.#description, this.#pixels);
    const check = await this.#checking;
    await check?.check(withConstants(withoutDebugging(text), constants), origin);
  }

  // Does something, now or whenever the recording that is under way is replayed.
  #do(act: () => void): void {
    if (this.#recording) {
      this.#recording.list.push(act);
    } else {
      act();
    }
  }

  beginRecording(): void {
    // What is set while recording is for the runs recorded there.
    this.#recording = { list: [], before: new Map(this.#uniforms) };
  }

  endRecording(): SessionList {
    const { list, before } = this.#recording!;
    this.#recording = undefined;
    this.#uniforms = before;
    return {
      replay: (times) => {
        for (let time = 0; time < times; time++) {
          list.forEach((act) => act());
        }
      },
    };
  }

  #run(kernel: Kernel, [x, y, z]: [number, number, number], uniforms: ReadonlyMap<string, Uniform>, file: string): void {
    const inputs = this.#inputs(uniforms);
    this.#reporter.start(file);
    for (let i = 0; i < x; i++) {
      for (let j = 0; j < y; j++) {
        for (let k = 0; k < z; k++) {
          inputs.threadId = this.#reporter.enter(i, j, k);
          call(kernel, inputs);
        }
      }
    }
  }

  #inputs(values: ReadonlyMap<string, Uniform>): Record<string, unknown> {
    const uniforms = withoutPrototype({});
    for (const uniform of values.values()) {
      Object.defineProperty(uniforms, uniform.name, { get: this.#uniformGetter(uniform), enumerable: true });
    }
    const inputs = { buffers: this.#views, uniforms, usingCpu: this.#usingCpu };
    return withoutPrototype(this.#pixels ? { ...inputs, canvas: this.#pixels.input } : inputs);
  }

  #uniformGetter({ name, type, numbers }: Uniform): () => unknown {
    if (type.endsWith('[]')) {
      const view = uniformArray(name, numbers, this.#reporter);
      return () => view;
    }
    return () => valueOf(type as ValueType, numbers);
  }

  setUniforms(values: readonly Uniform[]): void {
    for (const uniform of values) {
      this.#uniforms.set(uniform.name, uniform);
    }
  }

  writeBuffer(name: string, written: TypedArray, start = 0): void {
    const buffer = this.#buffers.get(name)!;
    // Not by `slice`: that of Node's buffers shares their memory.
    const taken = this.#recording ? new (arrayClassOf(buffer.type))(written) : written;
    this.#do(() => {
      const { contents, type } = this.#current(buffer);
      contents.set(taken, start * slotsOf(type));
      clearPads(contents, type);
    });
  }

  copyBuffer(source: string, destination: string, range?: CopyRange): void {
    const [from, to] = [this.#buffers.get(source)!, this.#buffers.get(destination)!];
    this.#do(() => {
      const [{ contents, type }, { contents: written }] = [this.#current(from), this.#current(to)];
      const slots = slotsOf(type);
      const copied = range ? contents.subarray(range.start * slots, range.end * slots) : contents;
      written.set(copied, (range?.to ?? 0) * slots);
    });
  }

  // What was recorded holds sizes.
  #current(buffer: DebugBuffer): DebugBuffer {
    if (this.#buffers.get(buffer.name) !== buffer) {
      throw refusal(new RangeError(`"${shortened(buffer.name)}" was resized or destroyed after the list was recorded, which holds sizes: record it again`));
    }
    return buffer;
  }

  async readBuffer(name: string, { start, end }: ElementRange): Promise<TypedArray> {
    const { contents, type } = this.#buffers.get(name)!;
    return contents.slice(start * slotsOf(type), end * slotsOf(type));
  }

  updateCanvas(): void {
    this.#do(() => this.#pixels!.show());
  }

  async readCanvas(): Promise<Uint8ClampedArray> {
    return this.#pixels!.shown.slice();
  }

  async onSubmittedWorkDone(): Promise<void> {}

  flush(): void {}

  destroy(): void {
    this.#isDestroyed = true;
    void this.#checking?.then((check) => check?.close());
  }

  /** Whether `destroy` was called. */
  get isDestroyed(): boolean {
    return this.#isDestroyed;
  }
}

function refuseGone(name: string): never {
  throw refusal(new RangeError(`the kernel uses the buffer "${shortened(name)}", which was destroyed: create one of the same name, type and number of dimensions, or another kernel`));
}

/** The object as kernels are given it: what has a prototype is theirs, and copied wherever it is stored. */
function withoutPrototype<T extends object>(object: T): T {
  return Object.setPrototypeOf(object, null) as T;
}

/** What checks kernels as compilers would; nothing where there is no compiler, as one can still debug. */
async function openCheck(description: Description, size: CanvasLike | undefined): Promise<Check | undefined> {
  if (description.isUnchecked) {
    return undefined;
  }
  try {
    return await platform().openCheck(description, size);
  } catch (error) {
    console.warn(`hpc.js: kernels are not checked, and may be refused on other backends: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

function call(kernel: Kernel, inputs: Record<string, unknown>): void {
  try {
    kernel(inputs);
  } catch (error) {
    if (error instanceof Error) {
      const thread = componentsOf(inputs['threadId'] as GPUVec3);
      error.message += ` (in thread ${thread.join(', ')} of a kernel on the debug backend)`;
    }
    throw error;
  }
}

/** The pixels that kernels paint, and those that are shown. */
class Pixels {
  readonly shown: Uint8ClampedArray;
  readonly input: object;
  readonly #painted: Uint8ClampedArray;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#painted = new Uint8ClampedArray(width * height * 4);
    this.#painted.forEach((_, index) => (this.#painted[index] = index % 4 === 3 ? 255 : 0));
    // A canvas that nobody has drawn on is transparent.
    this.shown = new Uint8ClampedArray(this.#painted.length);
    const size = vec2(width, height);
    const setPixel = (...parts: unknown[]) => this.#set(parts);
    this.input = withoutPrototype({
      get size() {
        return copy(size);
      },
      setPixel,
    });
  }

  show(): void {
    this.shown.set(this.#painted);
  }

  #set(parts: unknown[]): void {
    const numbers = parts.flatMap(numbersOf);
    if (numbers.length !== 5) {
      throw new TypeError('setPixel takes a position and a colour');
    }
    const [x, y, ...color] = numbers.map(Math.floor) as [number, number, ...number[]];
    if (x >= 0 && x < this.width && y >= 0 && y < this.height) {
      // A clamped array turns NaN into 0.
      this.#painted.set(color, (y * this.width + x) * 4);
    }
  }
}
