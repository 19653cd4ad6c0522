// A GPUInterface that tells an observer of itself and of every call.

import { declarationsOf, withConstants } from '../../packages/hpc.js/esm/constants.js';
import { describeInterface } from '../../packages/hpc.js/esm/description.js';
import { componentsIn, slotsOf, valueTypeOf } from '../../packages/hpc.js/esm/elements.js';
import { GPUInterface } from '../../packages/hpc.js/esm/index.js';
import { columnsOf, packRecords, pairsOf } from '../../packages/hpc.js/esm/records.js';
import { valueOf } from '../../packages/hpc.js/esm/values.js';

const AS_WRITTEN = Symbol.for('hpc.js:as-written');

let observer;

// Whoever wants to know what programs do from now on; nobody if it is left out. An observer has
// - `options`, which every interface gets besides its own;
// - `kernel(written, standIn)`, what to give to `createKernel` where the text `standIn` stands for the kernel on devices;
// - `started(gpu, spec)`, told of a new interface;
// - `called(gpu, step, act)`, told of every call, which `act` makes; what it returns the caller gets.
export function observe(newObserver = UNOBSERVED) {
  observer = newObserver;
}

// The oracle: kernels are the functions that they are, and no compiler is asked about them, since it judges compilers.
export const ORACLE = { backend: 'debug', onReport() {}, [Symbol.for('hpc.js:unchecked')]: true };

const UNOBSERVED = {
  options: ORACLE,
  kernel: asWritten,
  started() {},
  called: (_gpu, _step, act) => act(),
};
observe();

// The kernel itself, to be called as it is if the text `standIn` stands for it elsewhere.
export function asWritten(kernel, standIn) {
  return standIn === undefined ? kernel : Object.assign(kernel, { [AS_WRITTEN]: true });
}

// The contents of a column as nested arrays of values.
function leavesOf({ type, size }, contents, extents = size, start = 0) {
  const [extent, ...inner] = extents;
  if (extent === undefined) {
    const at = start * slotsOf(type);
    return valueOf(valueTypeOf(type), [...contents.subarray(at, at + componentsIn(type))]);
  }
  return Array.from({ length: extent }, (_, index) => leavesOf({ type, size }, contents, inner, start * extent + index));
}

// Where buffers hold objects, observers are told of each column: they know no objects.
export class ObservedInterface extends GPUInterface {
  #buffers;
  #records;

  constructor(spec = {}) {
    super({ ...spec, options: { ...spec.options, ...observer.options } });
    const { buffers, records } = describeInterface({ buffers: spec.buffers });
    this.#buffers = buffers;
    this.#records = records;
    observer.started(this, spec);
  }

  // The backend that the program asked for: what it computes with is not its business.
  get backendType() {
    return this.isInitialized ? (this.useCpu ? 'cpu' : 'gpu') : 'uninitialized';
  }

  // `source` stands for the text of `kernel` where that cannot be called directly.
  async createKernel(kernel, { source, constants } = {}) {
    const text = withConstants(source ?? String(kernel), declarationsOf(constants));
    const make = () => super.createKernel(observer.kernel(kernel, source), { constants });
    const { run } = await this.#call({ do: 'createKernel', source: text }, make);
    return { source: text, run: (...extents) => this.#call({ do: 'run', source: text, extents }, () => run(...extents)) };
  }

  // A kernel that must be refused with this code; plain JavaScript would accept it.
  async rejects(kernel, code, { source } = {}) {
    const text = source ?? String(kernel);
    await this.#call({ do: 'createKernel', source: text, code }, () => super.createKernel(observer.kernel(kernel, text)));
  }

  setUniforms(values) {
    this.#call({ do: 'setUniforms', values: { ...values } }, () => super.setUniforms(values));
  }

  // `tolerance` is how closely a device must agree; the documented API has no such argument.
  readBuffer(name, tolerance) {
    const record = this.#records.get(name);
    if (record) {
      return Promise.all(columnsOf(record.fields).map((column) => this.readBuffer(column.name, tolerance)));
    }
    return this.#call({ do: 'readBuffer', name: this.#known(name), tolerance }, () => super.readBuffer(name));
  }

  // What reading the buffer must give where plain JavaScript cannot tell.
  expect(name, values, tolerance) {
    return this.#call({ do: 'readBuffer', name: this.#known(name), tolerance, values }, () => super.readBuffer(name));
  }

  unmapBuffer(name) {
    this.#call({ do: 'unmapBuffer', name }, () => super.unmapBuffer(name));
  }

  writeBuffer(name, data) {
    const record = this.#records.get(name);
    if (record) {
      packRecords(data, record, 'the data').forEach((contents, column) => this.writeBuffer(column.name, leavesOf(column, contents)));
      return;
    }
    this.#call({ do: 'writeBuffer', name: this.#known(name), data }, () => super.writeBuffer(name, data));
  }

  copyBuffer(from, to) {
    const [source, destination] = [from, to].map((name) => this.#records.get(name));
    if (source && destination) {
      pairsOf(source, destination).forEach((pair) => this.copyBuffer(pair[0].name, pair[1].name));
      return;
    }
    this.#call({ do: 'copyBuffer', from: this.#known(from), to: this.#known(to) }, () => super.copyBuffer(from, to));
  }

  updateCanvas() {
    this.#call({ do: 'updateCanvas' }, () => super.updateCanvas());
  }

  // The pixels that the canvas shows, red, green, blue and alpha from the top left.
  readCanvas(tolerance) {
    return this.#call({ do: 'readCanvas', tolerance }, () => super.readCanvas());
  }

  expectCanvas(values, tolerance) {
    return this.#call({ do: 'readCanvas', tolerance, values }, () => super.readCanvas());
  }

  // The name by which a device knows a buffer.
  #known(name) {
    return this.#buffers.get(name)?.path ?? name;
  }

  // Calls before initialize() are mistakes of the program that have no place in the queue.
  #call(step, act) {
    return this.isInitialized ? observer.called(this, step, act) : act();
  }
}
