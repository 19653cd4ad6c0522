// GPUInterface: checks what it is given, then lets a session do it.

import { attach } from './canvas.js';
import { declarationsOf } from './constants.js';
import { describe, packForNow, type Shape } from './data.js';
import {
  checkCanvas, checkCount, describeInterface, describeLater, describeSize, MAX_EXTENT, type Buffer, type Description,
} from './description.js';
import { guarded, guardedAsync, pointAtCaller, refusal, stackOf } from './errors.js';
import { entriesOf, fieldsOf } from './fields.js';
import type {
  ArrayOf, BufferNames, Checked, DataFor, KernelInputs, ObjectsOf, ObjectsOptionsOf, PartFor, ReadOptionsOf, SizeFor,
  UniformUpdate,
} from './kernel_types.js';
import { Mirror } from './mirror.js';
import { describeCopy, packPart, packRecordsPart, startOf, type Part } from './parts.js';
import { precompiledOf } from './precompiled.js';
import { Profile } from './profile.js';
import { delivered, describeRead, describeRecordRead, readRecords } from './read.js';
import { columnsOf, packRecords, pairsOf, resizedRecord, type Column } from './records.js';
import { recordCalls } from './recording.js';
import { recovering } from './recovery.js';
import { openSession, type Session, type SessionKernel, type SessionList } from './session.js';
import { didYouMean, shortened } from './suggest.js';
import type {
  AdapterInfo, BufferSpec, CanvasLike, CopyOptions, GPUCommandList, GPUInterfaceOptions, GPUKernel, KernelConstants,
  KernelOptions, ReadOptions, RecordReadOptions, TypedArray, Uniforms, WriteOptions,
} from './types.js';
import { changed, type Uniform } from './uniforms.js';

/** What an interface consists of; every part can be left out. */
export interface GPUInterfaceSpec<B extends readonly BufferSpec[], U extends Uniforms<U>, C extends CanvasLike | undefined> {
  /** The buffers that kernels see. */
  readonly buffers?: B & { readonly [K in keyof B]: Checked<B[K]> };
  /** The uniforms with their first values, which fix their types and the lengths of arrays. */
  readonly uniforms?: U;
  /** What `inputs.canvas` and `updateCanvas` are about. */
  readonly canvas?: C;
  /** How it behaves. */
  readonly options?: GPUInterfaceOptions;
}

/**
 * Buffers, uniforms and a canvas on a device, and the queue of commands on them. Commands take effect in the order of the
 * calls; nothing waits but `await`.
 */
export class GPUInterface<
  const B extends readonly BufferSpec[] = readonly BufferSpec[],
  U extends Uniforms<U> = any,
  C extends CanvasLike | undefined = any,
> {
  /** The canvas that was given, if one was. */
  readonly canvas: C;
  /** Whether the CPU backend was asked for. */
  readonly useCpu: boolean;
  /** The option of this name. */
  readonly numRandSeeds: number;

  readonly #description: Description;
  #opening: Promise<this> | undefined;
  #session: Session | undefined;
  #mirror: Mirror | undefined;
  /** What is being recorded. */
  #recording: { paints: boolean } | undefined;
  #isDestroyed = false;

  /** Checks everything, touches no device and never waits. Throws what is wrong with the argument. */
  constructor(spec: GPUInterfaceSpec<B, U, C> = {}) {
    this.#description = guarded(new.target, () => describeInterface(spec));
    this.canvas = this.#description.canvas as C;
    this.useCpu = this.#description.useCpu;
    this.numRandSeeds = this.#description.numRandSeeds;
  }

  /** Whether `initialize` has resolved. */
  get isInitialized(): boolean {
    return this.#session !== undefined;
  }

  /** Who executes the kernels; `'uninitialized'` before `initialize` has resolved. */
  get backendType(): 'uninitialized' | 'gpu' | 'cpu' | 'debug' | 'noop' {
    return this.#session?.backendType ?? 'uninitialized';
  }

  /** The adapter in words; undefined before `initialize` has resolved. */
  get adapterInfo(): AdapterInfo | undefined {
    return this.#session?.adapterInfo;
  }

  /** Finds the device and makes the buffers. Later calls change nothing. Resolves with the interface itself. */
  initialize(): Promise<this> {
    this.#opening ??= guardedAsync(this.initialize, () => this.#open());
    // An attempt that fails can be repeated.
    this.#opening.catch(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #open(): Promise<this> {
    const { canvas, buffers } = this.#description;
    const size = canvas && checkCanvas(canvas);
    this.#requireAlive();
    const { recover, onRecover } = this.#description;
    const opened = await openSession(this.#description, size);
    const session = recover && opened.recover ? recovering(opened, () => opened.recover!(), onRecover) : opened;
    try {
      this.#requireAlive();
      this.#mirror = canvas && show(canvas, size!, session);
      // The canvas may have destroyed the interface.
      this.#requireAlive();
    } catch (error) {
      session.destroy();
      throw error;
    }
    for (const buffer of buffers.values()) {
      // The device has it now.
      buffer.data = undefined;
    }
    this.#session = session;
    return this;
  }

  /**
   * Compiles a kernel: a function of one parameter, which never runs on the host. Resolves when it is ready on the device.
   * Rejects with a `KernelError` that shows what is wrong with its text.
   *
   * The function sees nothing of the program around it but what `options.constants` hands in.
   */
  createKernel<K extends KernelConstants<K> = {}>(
    kernel: (inputs: KernelInputs<B, U, C>) => void,
    options?: KernelOptions<K>,
  ): Promise<GPUKernel> {
    const { length: count } = arguments;
    return guardedAsync(this.createKernel, async () => {
      this.#ready();
      if (count > 2) {
        throw refusal(new TypeError(`createKernel takes a function and options, not ${count} arguments`));
      }
      const stack = stackOf(pointAtCaller({}, this.createKernel));
      const given = constantsOf(options);
      const text = textOf(kernel);
      const tag = precompiledOf(kernel);
      const constants = given + (tag?.seen ?? '');
      // It was compiled with the constants of then.
      const precompiled = tag?.given === given ? tag : undefined;
      // The kernel's own code may have run, and done anything.
      return this.#kernel(await this.#ready().createKernel({ callable: kernel, text, constants, stack, precompiled }));
    });
  }

  #kernel({ source, explain, run }: SessionKernel): GPUKernel {
    const self = this;
    // A function for its `arguments`: what is given besides extents is a mistake, and parameters that take it would cost time.
    function checked(x: number, y: number = 1, z: number = 1): void {
      if (!isExtent(x) || !isExtent(y) || !isExtent(z) || x * y * z > MAX_EXTENT || arguments.length > 3) {
        throw pointAtCaller(wrongExtents(arguments.length, x, y, z), checked);
      }
      self.#ready();
      run(x, y, z);
    }
    return Object.freeze({ source, explain, run: checked });
  }

  /** Sets some uniforms for the runs to come; runs already called keep the values they were called with. */
  setUniforms(values: UniformUpdate<U>): void {
    guarded(this.setUniforms, () => {
      this.#ready();
      const uniforms = entriesOf(values, 'the argument of setUniforms').map(([name, value]) => this.#uniform(name, value));
      this.#ready().setUniforms(uniforms);
    });
  }

  #uniform(name: string, value: unknown): Uniform {
    const declared = this.#description.uniforms.get(name);
    if (!declared) {
      throw refusal(new RangeError(`there is no uniform "${shortened(name)}"; ${didYouMean(name, 'uniforms', this.#description.uniforms.keys())}`));
    }
    return changed(declared, value);
  }

  /**
   * What a buffer holds at this place in the queue, in a typed array of its own, of the kind that the type of the elements asks for: row by
   * row, a vector of three in four components of which the last is zero. Resolves when the device is done; any number of reads can be in
   * flight.
   *
   * With `start` or `end` only some elements are brought from the device; with `into` their components go to an array that is there
   * already, and the promise resolves with it.
   *
   * A buffer of objects is read as columns, an object of such arrays, or with `objects: true` as objects; and each of its fields alone, as
   * `readBuffer('particles.position')`.
   */
  readBuffer<N extends BufferNames<B>>(name: N, options: ObjectsOptionsOf<B, N>): Promise<ObjectsOf<B, N>>;
  readBuffer<N extends BufferNames<B>>(name: N, options?: ReadOptionsOf<B, N>): Promise<ArrayOf<B, N>>;
  readBuffer(name: string, options?: ReadOptions | RecordReadOptions): Promise<object> {
    this.#refuseWhileRecording(this.readBuffer);
    return guardedAsync(this.readBuffer, async () => {
      this.#ready();
      const record = this.#description.records.get(name);
      if (record) {
        const read = describeRecordRead(options, record);
        return readRecords(this.#ready(), record, read);
      }
      const buffer = this.#buffer(name, 'readBuffer');
      const read = describeRead(options, buffer);
      const contents = await this.#ready().readBuffer(buffer.name, read);
      return delivered(read, contents, buffer);
    });
  }

  /** Does nothing: what was read can always be used, and the buffer too. It is there for programs that call it. */
  unmapBuffer(name: BufferNames<B>): void {
    guarded(this.unmapBuffer, () => {
      this.#ready();
      if (!this.#description.records.has(name)) {
        this.#buffer(name, 'unmapBuffer');
      }
    });
  }

  /**
   * Makes a buffer when the interface is there, at this place in the queue. Kernels that are created from now on see it. Gives the interface
   * itself, whose type knows the buffer then.
   */
  createBuffer<const S extends BufferSpec>(spec: S & Checked<S>): GPUInterface<readonly [...B, S], U, C> {
    this.#refuseWhileRecording(this.createBuffer);
    return guarded(this.createBuffer, () => {
      this.#ready();
      const { record, parts } = describeLater(spec);
      const { buffers, records } = this.#description;
      const { name } = record ?? parts[0]!;
      if (buffers.has(name) || records.has(name)) {
        throw refusal(new Error(`two buffers are called "${shortened(name)}"; rename one, or destroy the other first`));
      }
      this.#ready().createBuffer(parts, record);
      if (record) {
        records.set(name, record);
      }
      // The device has the data.
      parts.forEach((part) => buffers.set(part.name, { ...part, data: undefined }));
      return this as unknown as GPUInterface<readonly [...B, S], U, C>;
    });
  }

  /**
   * Gives a buffer another size, of as many extents, at this place in the queue. It keeps the elements that both sizes have, each at its index;
   * others are zero. Kernels go on with it as they are. Only for buffers that `createBuffer` has made, or that are `resizable`.
   */
  resizeBuffer<N extends B[number]['name']>(name: N, size: SizeFor<B, N>): void {
    this.#refuseWhileRecording(this.resizeBuffer);
    guarded(this.resizeBuffer, () => {
      this.#ready();
      const { buffers, records } = this.#description;
      const record = records.get(name);
      const shape = record ?? this.#whole(name, 'resizeBuffer', 'resize');
      const before = record ? columnsOf(record.fields) : [shape as Buffer];
      if (!buffers.get(before[0]!.name)!.resizable) {
        const mend = 'declare it with `resizable: true`, or make it by createBuffer';
        throw refusal(new RangeError(`the buffer "${shortened(name)}" has a fixed size: ${mend}`));
      }
      const extents = describeSize(size, shape);
      const resized = record && resizedRecord(record, extents);
      const after: readonly Shape[] = resized ? columnsOf(resized.fields) : [{ ...before[0]!, size: extents }];
      after.forEach((column) => checkCount(column.size, `the buffer "${shortened(column.name)}"`));
      this.#ready().resizeBuffer(after, resized);
      if (resized) {
        records.set(name, resized);
      }
      after.forEach((column) => buffers.set(column.name, { ...buffers.get(column.name)!, size: column.size }));
    });
  }

  /**
   * Destroys a buffer at this place in the queue: what was called before still uses it. Its name is free again, and kernels that use it run
   * again once there is another one of the same name, type and number of extents.
   */
  destroyBuffer(name: B[number]['name']): void {
    this.#refuseWhileRecording(this.destroyBuffer);
    guarded(this.destroyBuffer, () => {
      this.#ready();
      const { buffers, records } = this.#description;
      const record = records.get(name);
      const names = record ? columnsOf(record.fields).map((column) => column.name) : [this.#whole(name, 'destroyBuffer', 'destroy').name];
      this.#ready().destroyBuffer(names, record?.name);
      records.delete(name);
      names.forEach((column) => buffers.delete(column));
    });
  }

  /**
   * Replaces the contents of a buffer, or of a field of objects. The data are taken at the call: arrays nested like the size, or a typed array
   * as it is read; of objects also an object of such columns. With `start` only the elements from there on are replaced, by those of a list or a
   * typed array.
   */
  writeBuffer<N extends BufferNames<B>>(name: N, data: DataFor<B, N>): void;
  writeBuffer<N extends BufferNames<B>>(name: N, data: PartFor<B, N>, options: WriteOptions): void;
  writeBuffer(name: string, data: unknown, options?: WriteOptions): void {
    guarded(this.writeBuffer, () => {
      this.#ready();
      const start = startOf(options);
      const record = this.#description.records.get(name);
      if (record) {
        const contents: [Column, Part | TypedArray][] = start === undefined ? [...packRecords(data, record, 'the data')] : packRecordsPart(data, record, start);
        const session = this.#ready();
        contents.forEach(([{ name: field }, part]) => write(session, field, part));
        return;
      }
      const buffer = this.#buffer(name, 'writeBuffer');
      const contents = start === undefined ? packForNow(data, buffer, 'the data') : packPart(data, buffer, start);
      // Looking at the data may have run code of the user's.
      write(this.#ready(), buffer.name, contents);
    });
  }

  /**
   * Copies one buffer to another of the same size and type; or with options some elements, to another buffer of the same type, where they begin
   * with the element `to`.
   */
  copyBuffer(source: BufferNames<B>, destination: BufferNames<B>, options?: CopyOptions): void {
    guarded(this.copyBuffer, () => {
      this.#ready();
      const columns = options === undefined ? this.#columnsToCopy(source, destination) : undefined;
      if (columns) {
        const session = this.#ready();
        columns.forEach(([from, to]) => session.copyBuffer(from.name, to.name));
        return;
      }
      const from = this.#buffer(source, 'copyBuffer');
      const to = this.#buffer(destination, 'copyBuffer');
      const isLike = from.type === to.type && (options !== undefined || from.size.join() === to.size.join());
      if (!isLike) {
        const inWords = (buffer: Buffer) => `"${shortened(buffer.name)}" (size [${buffer.size}], ${buffer.type})`;
        const mend = options === undefined ? 'make sizes and types the same' : 'make types the same';
        throw refusal(new RangeError(`cannot copy ${inWords(from)} to ${inWords(to)}: ${mend}`));
      }
      const range = describeCopy(options, from, to);
      // Reading the options may have run code of the user's.
      this.#ready().copyBuffer(from.name, to.name, range);
    });
  }

  /** Shows on the canvas what the runs so far have painted. Nothing is cleared. */
  updateCanvas(): void {
    guarded(this.updateCanvas, () => {
      const session = this.#ready();
      this.#requireCanvas();
      this.#mirror?.throwFailure();
      session.updateCanvas();
      if (this.#recording) {
        this.#recording.paints = true;
      } else {
        this.#mirror?.update();
      }
    });
  }

  /** What the canvas shows at this place in the queue: four bytes a pixel, row by row from the top left. */
  readCanvas(): Promise<Uint8ClampedArray> {
    this.#refuseWhileRecording(this.readCanvas);
    return guardedAsync(this.readCanvas, async () => {
      const session = this.#ready();
      this.#requireCanvas();
      return session.readCanvas();
    });
  }

  /** Resolves when everything called before is done, and the canvas shows it. */
  onSubmittedWorkDone(): Promise<void> {
    this.#refuseWhileRecording(this.onSubmittedWorkDone);
    return guardedAsync(this.onSubmittedWorkDone, async () => {
      await this.#ready().onSubmittedWorkDone();
      await this.#mirror?.settled();
    });
  }

  /**
   * Copies what all buffers and the canvas hold at this place in the queue, to be restored when the device was lost (the option `recover`). It
   * takes the place of the last checkpoint once it is complete, and then the promise resolves. At most 1 GiB in all.
   */
  checkpoint(): Promise<void> {
    this.#refuseWhileRecording(this.checkpoint);
    return guardedAsync(this.checkpoint, async () => {
      await this.#ready().checkpoint?.();
    });
  }

  /**
   * Records what `calls` calls on this interface instead of doing it: runs, `setUniforms`, `writeBuffer`, `copyBuffer` and `updateCanvas`.
   * The list can be replayed as often as you like, which costs less than the calls and is the same as calling them again.
   *
   * A list carries its values: a write keeps its data, and a run the uniforms that hold where it is recorded. `setUniforms` in the
   * recording is for the runs that follow there; neither recording nor replaying changes the interface's own. Random numbers are drawn
   * anew each time. Throws what `calls` throws; nothing was called then.
   */
  record(calls: () => void): GPUCommandList {
    this.#refuseWhileRecording(this.record);
    return guarded(this.record, () => {
      const session = this.#ready();
      const recording = (this.#recording = { paints: false });
      try {
        return this.#list(recordCalls(session, calls), recording);
      } finally {
        this.#recording = undefined;
      }
    });
  }

  #list(list: SessionList, { paints }: { paints: boolean }): GPUCommandList {
    const replay = (times: number = 1): void => {
      this.#refuseWhileRecording(replay);
      guarded(replay, () => {
        this.#ready();
        if (!isExtent(times) || times > MAX_EXTENT) {
          throw refusal(new RangeError(`replay takes how many times: an integer from 1 to ${MAX_EXTENT}, not ${describe(times)}`));
        }
        if (paints) {
          this.#mirror?.throwFailure();
        }
        list.replay(times);
        if (paints) {
          this.#mirror?.update();
        }
      });
    };
    return Object.freeze({ replay });
  }

  /**
   * Begins a profile of what is called from now on: `await` its `stop`, then look at its `table` or `save` it for Perfetto. Until then
   * each run is timed on its own, which makes runs that take microseconds slower; nothing costs more when none is made. In Node, on the
   * GPU and the CPU.
   */
  profile(): Profile {
    this.#refuseWhileRecording(this.profile);
    return guarded(this.profile, () => {
      const session = this.#ready();
      if (!session.profile) {
        throw refusal(new Error('profiles are made in Node, on the GPU and the CPU: use the tools of the browser, or another backend than debug'));
      }
      return new Profile(session.profile());
    });
  }

  /** Starts what is pending. It starts by itself; this throws at once if it cannot. */
  flush(): void {
    guarded(this.flush, () => this.#ready().flush());
  }

  /** Takes no more calls. What has not started is dropped, and its promises reject. Can be called twice. */
  destroy(): void {
    this.#isDestroyed = true;
    this.#session?.destroy();
  }

  /** Destroys the interface at the end of the block that declares it with `using`. */
  [Symbol.dispose](): void {
    this.destroy();
  }

  #ready(): Session {
    this.#requireAlive();
    if (!this.#session) {
      throw refusal(new Error('GPUInterface not initialized: await initialize() first'));
    }
    return this.#session;
  }

  #requireAlive(): void {
    if (this.#isDestroyed) {
      throw refusal(new Error('the interface was destroyed; make a new one'), 'Dropped');
    }
  }

  // Throws within a recording, although the method gives a promise: nobody awaits one there.
  #refuseWhileRecording(method: Function): void {
    if (this.#recording) {
      throw pointAtCaller(refusal(new Error(`${method.name} cannot be recorded: call it after replay`)), method);
    }
  }

  #requireCanvas(): void {
    if (!this.#description.canvas) {
      throw refusal(new Error('there is no canvas: give one to the constructor of GPUInterface'));
    }
  }

  // The columns of two buffers of objects; undefined if neither is one.
  #columnsToCopy(source: string, destination: string): [Column, Column][] | undefined {
    const { records } = this.#description;
    const [from, to] = [records.get(source), records.get(destination)];
    const pairs = from && to && pairsOf(from, to);
    if (!pairs && (from || to)) {
      // One that is not there is told first.
      [source, destination].filter((name) => !records.has(name)).forEach((name) => this.#buffer(name, 'copyBuffer'));
      const inWords = [source, destination].map((name) => `"${shortened(name)}"`).join(' to ');
      throw refusal(new RangeError(`cannot copy ${inWords}: give both the same size and fields of the same types`));
    }
    return pairs;
  }

  /** A buffer that is no column of another. */
  #whole(name: string, method: string, verb: string): Buffer {
    const buffer = this.#buffer(name, method);
    if (buffer.path !== undefined) {
      throw refusal(new RangeError(`"${shortened(name)}" is a field of objects: ${verb} their buffer`));
    }
    return buffer;
  }

  #buffer(name: unknown, method: string): Buffer {
    const { buffers, records } = this.#description;
    const buffer = buffers.get(name as string);
    if (buffer) {
      return buffer;
    }
    if (typeof name !== 'string') {
      throw refusal(new TypeError(`${method} takes the name of a buffer, not ${describe(name)}`));
    }
    throw refusal(new RangeError(`there is no buffer "${shortened(name)}"; ${didYouMean(name, 'buffers', [...records.keys(), ...buffers.keys()])}`));
  }
}

function write(session: Session, name: string, part: Part | TypedArray): void {
  if ('contents' in part) {
    session.writeBuffer(name, part.contents, part.start);
  } else {
    session.writeBuffer(name, part);
  }
}

/** Lets the canvas show what the session paints. */
function show(canvas: CanvasLike, size: CanvasLike, session: Session): Mirror | undefined {
  const read = () => session.readCanvas();
  return attach(canvas, read) || session.drawsCanvas ? undefined : Mirror.of(canvas, size, read);
}

/** The text of a kernel as the function itself gives it: it may have a `toString` of its own. */
function textOf(kernel: unknown): string {
  if (typeof kernel !== 'function') {
    throw refusal(new TypeError(`createKernel takes a function, not ${describe(kernel)}`));
  }
  const { toString } = kernel as { toString?: unknown };
  const text: unknown = (typeof toString === 'function' ? toString : Function.prototype.toString).call(kernel);
  if (typeof text !== 'string') {
    throw refusal(new TypeError(`createKernel needs the text of a function, and this one's toString gives ${describe(text)}`));
  }
  // What a function without a text has instead ends so, and is short.
  if (/\{\s{0,9}\[native code\]\s{0,9}\}\s{0,9}$/.test(text.slice(-100))) {
    throw refusal(new TypeError('createKernel needs the text of a function, and a bound or built-in function or a proxy has none'));
  }
  return text;
}

function constantsOf(options: unknown): string {
  return options === undefined
    ? ''
    : declarationsOf(fieldsOf(options, 'the second argument of createKernel', ['constants']).constants);
}

function isExtent(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0;
}

function wrongExtents(count: number, ...extents: unknown[]): Error {
  const index = extents.findIndex((extent) => !isExtent(extent));
  if (index >= 0) {
    return refusal(new RangeError(`run takes positive integers, but ${'xyz'[index]} is ${describe(extents[index])}`));
  }
  if (count > 3) {
    return refusal(new TypeError(`run takes up to three extents, not ${count}`));
  }
  return refusal(new RangeError(`run(${extents.join(', ')}) is more than ${MAX_EXTENT} threads`));
}
